import type { NewFiring, TriggerFiring, TriggerKey, TriggerType } from '#shared/api/trigger-schemas.ts';
import type { Credential } from '#shared/lib/git-credential.ts';
import type { ProjectId, RunId } from '#shared/lib/ids.ts';
import type { WorkspaceMode } from '#shared/pipeline/plan.ts';
import type { PipelineFile } from '#shared/pipeline/schema.ts';
import type { RunTrigger } from '#shared/run/events.ts';

/** A pipeline file without errors, as far as triggers need it. */
export interface TriggerPipeline {
  readonly projectId: ProjectId;
  readonly projectDir: string;
  /** Relative to the project, with forward slashes. */
  readonly file: string;
  readonly name: string;
  readonly workspace: WorkspaceMode;
  readonly on: PipelineFile['on'];
  /** One sentence: why none of its triggers starts a run at the moment, whatever the trigger. */
  readonly fault?: string | null;
}

/** The commit that fired a trigger, and how to get it. */
export interface Checkout {
  readonly commit: string;
  /** The branch that the run is on; null for a tag. */
  readonly branch: string | null;
  /** The remote's ref that leads to it; null when it is not known. */
  readonly ref: string | null;
  /** The remote to ask first. */
  readonly remote: string;
}

/**
 * Starts a run of a pipeline; resolves when it is stored.
 * @param checkout what it works on, and where its pipeline file is read from; null: the project's folder as it is
 * @throws when it may not run; the message, one sentence, becomes the reason for which the firing was skipped
 */
export type StartRun = (
  pipeline: TriggerPipeline,
  trigger: RunTrigger,
  checkout: Checkout | null,
  signal: AbortSignal,
) => Promise<RunId>;

/** Runs Git in a folder without ever asking anyone. @returns stdout @throws when Git fails or is missing */
export type Git = (
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly signal?: AbortSignal;
    readonly timeoutMs?: number;
    /** For a command that talks to a server. */
    readonly remote?: {
      /** Null: what Git finds without asking counts. */
      readonly credential: Credential | null;
      /** The address is one that no person of this machine has set up: what may be asked is what Git lets anyone ask. */
      readonly isForeign: boolean;
    };
  },
) => Promise<string>;

export interface FiringQuery {
  readonly projectId?: ProjectId | undefined;
  readonly file?: string | undefined;
  readonly type?: TriggerType | undefined;
  readonly limit: number;
}

/** What triggers remember. All calls are synchronous and survive the death of this process. */
export interface TriggerStore {
  /** Takes or keeps the right to fire for a while; of several hosts on one data folder one has it. */
  holdLease(holder: string, nowMs: number, forMs: number): boolean;
  releaseLease(holder: string): void;
  stateOf(key: TriggerKey): {
    readonly paused: boolean;
    /** How far the trigger has looked; its own form. */
    readonly cursor: string | null;
    readonly fault: string | null;
    /** When its remote was last asked, and when it is next; epoch milliseconds, null until it was. */
    readonly askedAtMs: number | null;
    readonly askNextAtMs: number | null;
  };
  setPaused(key: TriggerKey, paused: boolean): void;
  setCursor(key: TriggerKey, cursor: string): void;
  setFault(key: TriggerKey, fault: string | null): void;
  setAsked(key: TriggerKey, atMs: number, nextAtMs: number): void;
  record(firing: NewFiring): void;
  /** Newest first. */
  firings(query: FiringQuery): TriggerFiring[];
  /** Remembers that a delivery came; false when one of its ids had come before, and nothing is remembered then. */
  rememberDelivery(ids: readonly string[], nowMs: number): boolean;
}

/** A run of a pipeline, as far as triggers ask for it. Times are epoch milliseconds. */
export interface RecentRun {
  readonly from: number;
  readonly to: number | null;
  /** What started it. */
  readonly trigger: string;
  /** Null outside of version control. */
  readonly commit: string | null;
  readonly branch: string | null;
}

/** Something that waits for a reason to fire. */
export interface TriggerSource {
  /** Ends it and what it waits for. */
  close(): Promise<void>;
}
