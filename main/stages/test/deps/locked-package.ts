/** A package as a lock file pins it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Where it comes from, as the lock has it; null: it does not say. */
  readonly url: string | null;
  readonly hasIntegrity: boolean;
  /** Why its author took it back; null: not known to be. */
  readonly deprecated: string | null;
  /** It runs something of its own when it is installed. */
  readonly runsScripts: boolean;
}

export interface Lock {
  /** Relative to the stage's folder. */
  readonly file: string;
  readonly packages: readonly LockedPackage[];
  /** What of the lock does not fit to the manifest beside it, in words. */
  readonly drift: readonly string[];
}
