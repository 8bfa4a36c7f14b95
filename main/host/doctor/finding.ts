/** What Pipewright itself and scripts of stages use. */
export const MACHINE_GROUP = 'Basics';

/** Something that Pipewright or its stages use, and whether it is there. */
export interface Finding {
  readonly name: string;
  /** Under which heading it stands: `Basics`, or a family of kinds. */
  readonly group: string;
  /** `partial`: it works, but not all of what it is needed for. */
  readonly status: 'ok' | 'partial' | 'missing' | 'outdated';
  readonly version: string | null;
  readonly neededFor: string;
  /** Which one it is, where there may be several. */
  readonly detail: string | null;
  /** How to get it, or why it is not there and what to do; null when all is well. */
  readonly hint: string | null;
}
