import type { RunId, StageId } from '#shared/lib/ids.ts';

/** A file of a published version. */
export interface RepositoryFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Where something was made. */
export interface ArtifactOrigin {
  readonly runId: RunId;
  readonly stage: StageId;
  /** Of the project that the run was of, as caches and state are kept under. */
  readonly project: string;
  /** Null: the project has no commit. */
  readonly commit: string | null;
}

/** A version of a package in the local repository. It never changes. */
export interface PublishedVersion {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the list of its files, which is a blob; equal content has an equal one. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly fileCount: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Null: somebody published it by hand. */
  readonly origin: ArtifactOrigin | null;
  /** SHA-256 of a bill of materials and of a provenance that are kept with it, as blobs; null: there is none. */
  readonly sbom: string | null;
  readonly provenance: string | null;
  readonly publishedBy: string;
  /** ISO 8601. */
  readonly publishedAt: string;
}

export type NewVersion = Omit<PublishedVersion, 'publishedBy' | 'publishedAt' | 'sizeBytes' | 'fileCount'>;

/** A pointer to a version that moves, such as `stable`. */
export interface Channel {
  readonly name: string;
  readonly channel: string;
  readonly version: string;
  readonly movedBy: string;
  /** ISO 8601. */
  readonly movedAt: string;
}

/** One move of a channel; `from` is null for its first. */
export interface ChannelMove extends Channel {
  readonly from: string | null;
}

/** Who may do something with a package. */
export interface AccessRule {
  /** Of the package. */
  readonly name: string;
  /** Null: publishing versions; else moving this channel. */
  readonly channel: string | null;
  /** Names as approvals have them; case does not count. Empty: nobody. */
  readonly allowed: readonly string[];
}

/** What is known of a digest. */
export interface ArtifactRecord {
  /** SHA-256 of the content: a file's, or that of a list of files. */
  readonly sha256: string;
  readonly name: string;
  readonly version: string | null;
  readonly origin: ArtifactOrigin;
  /** What it was made from, as `git+https://…@commit`; two records of one digest cannot differ in it. */
  readonly source: string;
  readonly sbom: string | null;
  readonly provenance: string | null;
  readonly tests: {
    readonly total: number;
    readonly passed: number;
    readonly failed: number;
    readonly errored: number;
    readonly skipped: number;
  } | null;
  readonly labels: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly recordedAt: string;
}

/** That an artifact went to an environment. */
export interface DeploymentRecord {
  readonly sha256: string;
  readonly environment: string;
  readonly runId: RunId;
  /** ISO 8601. */
  readonly at: string;
}

/** Which versions may go: those that are beyond `keep` (newest first) and older than `maxAgeMs`, as far as each is given. */
export interface PrunePolicy {
  readonly keep: number | null;
  readonly maxAgeMs: number | null;
}

export interface PruneResult {
  /** What went, or would go. */
  readonly removed: readonly PublishedVersion[];
  /** What the policy would let go, but something refers to: why, for people. */
  readonly kept: readonly { readonly version: PublishedVersion; readonly because: string }[];
}

/**
 * Packages by name with versions that never change, over content by its hash; one for a data folder, shared by all its
 * projects and processes. `names` are those of whoever asks, the best known first.
 */
export interface Repository {
  /** By name. */
  packages(): readonly {
    readonly name: string;
    readonly versions: number;
    readonly channels: readonly Channel[];
  }[];
  /** Newest first: by SemVer where all are, else by time. */
  versions(name: string): readonly PublishedVersion[];
  /** A version, or what a channel points to now (`@stable`). Null: there is none. */
  find(name: string, version: string): PublishedVersion | null;
  files(version: PublishedVersion): Promise<readonly RepositoryFile[]>;
  /** See `parseRepositoryQuery`. @throws AppError `usage` */
  search(query: string): readonly PublishedVersion[];
  channels(name: string): readonly Channel[];
  /** Newest first. */
  history(name: string, channel: string): readonly ChannelMove[];
  /**
   * Adds a version whose content is stored. Publishing the same content again changes nothing.
   * @throws AppError `version-exists` for other content, `not-allowed`, `usage` for a name or version that cannot be
   */
  publish(version: NewVersion, names: readonly [string, ...string[]]): Promise<'published' | 'unchanged'>;
  /** Moves a channel. @throws AppError `artifact-not-found`, `not-allowed`, `usage` */
  promote(
    wish: { readonly name: string; readonly channel: string; readonly version: string },
    names: readonly [string, ...string[]],
  ): ChannelMove;
  rules(name: string): readonly AccessRule[];
  /** @param allowed null: anybody, again */
  setRule(rule: Omit<AccessRule, 'allowed'> & { readonly allowed: readonly string[] | null }): void;
  /** Never removes what a channel points to, nor what was deployed. @param name null: every package */
  prune(name: string | null, policy: PrunePolicy, dryRun: boolean): PruneResult;
  /** @throws AppError `version-exists` when the digest is recorded from another source */
  record(record: Omit<ArtifactRecord, 'recordedAt'>): 'recorded' | 'unchanged';
  recordDeployment(deployment: Omit<DeploymentRecord, 'at'>): void;
  /** By a digest (with or without `sha256:`), `NAME` or `NAME@VERSION`. Newest first. */
  records(word: string): readonly (ArtifactRecord & { readonly deployments: readonly DeploymentRecord[] })[];
}
