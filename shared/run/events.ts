import type { RunId, StageId } from '../lib/ids.ts';
import type { Issue } from '../lib/issue.ts';
import type { Plan, PlannedStage } from '../pipeline/plan.ts';
import type { Metric } from '../reports/metrics.ts';
import type { SeverityCounts } from '../reports/severity.ts';
import type { CancelledBy, Outcome, SkipReason } from './outcome.ts';
import type { Progress } from './progress.ts';
import type { FinalRunStatus, FinalStageStatus } from './status.ts';
import type { Usage } from './usage.ts';

/** What started a run. All but `type` is there where it is known. */
export interface RunTrigger {
  readonly type: 'manual' | 'cli' | 'api' | 'schedule' | 'watch' | 'hook' | 'push' | 'poll' | 'webhook';
  /** Which one of its type: `pre-push`, the webhook's event, the cron expression. */
  readonly event?: string;
  /** One sentence for people. */
  readonly reason?: string;
  /** `refs/heads/main`. */
  readonly ref?: string;
  readonly branch?: string;
  readonly commit?: string;
  /** Where the ref was before; left out for a new one, and where nobody said. */
  readonly before?: string;
  /** Who pushed, as the sender names them. */
  readonly actor?: string;
  /** Paths relative to the repository, at most `MAX_CHANGED`; left out when it is not known what changed. */
  readonly changed?: readonly string[];
}

/** More changed paths than this say nothing that people read. */
export const MAX_CHANGED = 1_000;

/** Where the project stood when the run was made; null outside of version control. */
export interface GitInfo {
  readonly commit: string;
  readonly branch: string | null;
  readonly message: string;
  /** The run works on this very commit; otherwise on the project's folder as it is, with what is not committed. */
  readonly isCheckedOut?: true;
}

/** An artifact as events and lists name it; its files are in the manifest, a blob with the same hash. */
export interface ArtifactSummary {
  readonly name: string;
  readonly sizeBytes: number;
  /** SHA-256 of the manifest, so that equal content has an equal hash. */
  readonly sha256: string;
  readonly fileCount: number;
  /** How long its content is kept, from the event on; absent: as long as the run. */
  readonly retentionMs?: number;
}

/** A report as events name it; the whole normal form is in the store. */
export type ReportSummary =
  | {
      readonly type: 'tests';
      readonly total: number;
      readonly passed: number;
      readonly failed: number;
      readonly errored: number;
      readonly skipped: number;
      readonly durationMs: number;
    }
  | { readonly type: 'coverage'; readonly linesPct: number | null; readonly branchesPct: number | null }
  | ({
      readonly type: 'findings';
      readonly tools: readonly string[];
      /** Null: the tool does not tell. */
      readonly checked: number | null;
    } & SeverityCounts)
  | { readonly type: 'sbom'; readonly components: number; readonly unlicensed: number }
  /** At most `MAX_METRICS` of them. */
  | { readonly type: 'metrics'; readonly metrics: readonly Metric[] }
  | {
      readonly type: 'provenance';
      /** The names of what was made. */
      readonly subjects: readonly string[];
      readonly keyId: string | null;
      readonly verified: boolean;
    };

export type ReportType = ReportSummary['type'];

/** More figures of one report than these make no trend that people look at. */
export const MAX_METRICS = 200;

/** Why a stage that could run does not yet. */
export type QueueReason =
  | { readonly type: 'retry'; readonly until: string; readonly delayMs: number }
  | {
      readonly type: 'locks';
      readonly names: readonly string[];
      /** The concurrency group of the stage, for one that has one. */
      readonly group?: string;
      /** A slot of a host, for a stage that runs on one; it is asked for last. */
      readonly host?: WantedHost;
    };

/** The host of that name, or, when there is none, any that is registered with all of the labels. */
export interface WantedHost {
  readonly name: string | null;
  readonly labels: readonly string[];
}

/** Where reused results come from, and why they hold. */
export interface ReusedFrom {
  readonly runId: RunId;
  readonly because: 'unchanged' | 'rerun';
  readonly artifacts: readonly ArtifactSummary[];
  readonly reports: readonly ReportSummary[];
}

/** Facts of a run. Each is appended to the store before anyone sees it; folding them gives the state (`reduceRun`). */
export type RunEventBody =
  | {
      readonly type: 'run-created';
      readonly name: string;
      /** Counts up in a project, for people: `#128`. */
      readonly number: number;
      readonly projectDir: string;
      /** Relative to `projectDir` where it lies inside it. */
      readonly pipelineFile: string;
      readonly plan: Plan;
      readonly trigger: RunTrigger;
      readonly git: GitInfo | null;
      readonly maxParallel: number;
      /** How long stages took before, by id; absent for a pipeline that has not run. Decides which ready stage goes first. */
      readonly expectedMs?: Readonly<Record<string, number>>;
      /** An attempt that fails waits for a person to look at it. */
      readonly pauseOnFailure?: true;
      /** Stages whose attempts wait before their first step, once their place is open; absent for none. */
      readonly breakpoints?: readonly StageId[];
    }
  | { readonly type: 'run-started' }
  /** A host goes on with a run that was interrupted; finished stages stay finished. */
  | { readonly type: 'run-resumed' }
  /** The stage's `if` holds. */
  | { readonly type: 'condition-met'; readonly stage: StageId }
  /** What a dynamic matrix came to; the legs join the plan behind its stages. */
  | { readonly type: 'matrix-expanded'; readonly stage: StageId; readonly legs: readonly PlannedStage[] }
  /** The stage waits, without a slot, until `stage-released`. */
  | { readonly type: 'stage-queued'; readonly stage: StageId; readonly reason: QueueReason }
  | {
      readonly type: 'stage-released';
      readonly stage: StageId;
      /** Where it has slots now, for a stage that wanted some of a host; absent then: no host is what it wants. */
      readonly host?: string;
    }
  | {
      readonly type: 'approval-requested';
      readonly stage: StageId;
      readonly message: string;
      /** Empty: anyone. */
      readonly allowed: readonly string[];
      readonly expiresAt: string | null;
    }
  | {
      readonly type: 'approval-decided';
      readonly stage: StageId;
      readonly decision: 'approved' | 'rejected';
      /** Null: nobody, the time had run out. */
      readonly by: string | null;
      readonly comment: string | null;
    }
  /** The results of an earlier run stand for the stage's own. A `stage-finished` follows. */
  | { readonly type: 'stage-reused'; readonly stage: StageId; readonly from: ReusedFrom }
  | {
      readonly type: 'cache-restored';
      readonly stage: StageId;
      readonly attempt: number;
      readonly key: string;
      /** Null: nothing was there. */
      readonly matchedKey: string | null;
      readonly sizeBytes: number;
    }
  | { readonly type: 'attempt-started'; readonly stage: StageId; readonly attempt: number }
  /** It waits with all that it runs in until someone lets it go on; `outcome` is what failed, null: it is at a breakpoint. */
  | {
      readonly type: 'attempt-paused';
      readonly stage: StageId;
      readonly attempt: number;
      readonly outcome: Outcome | null;
    }
  /** Someone let it go on, or it was cancelled; it ends as it would have. */
  | { readonly type: 'attempt-continued'; readonly stage: StageId; readonly attempt: number }
  | {
      readonly type: 'step-started';
      readonly stage: StageId;
      readonly attempt: number;
      readonly step: string;
    }
  | {
      readonly type: 'step-finished';
      readonly stage: StageId;
      readonly attempt: number;
      readonly step: string;
      readonly outcome: Outcome;
    }
  | {
      readonly type: 'artifact-stored';
      readonly stage: StageId;
      readonly attempt: number;
      readonly artifact: ArtifactSummary;
    }
  | {
      readonly type: 'report-stored';
      readonly stage: StageId;
      readonly attempt: number;
      readonly report: ReportSummary;
    }
  /** A problem that does not decide the stage by itself: a broken report, a glob without files. */
  | {
      readonly type: 'issue-raised';
      readonly stage: StageId;
      readonly attempt: number;
      readonly issue: Issue;
    }
  | {
      readonly type: 'summary-written';
      readonly stage: StageId;
      readonly attempt: number;
      /** Markdown. */
      readonly markdown: string;
    }
  /** How far the attempt has come: a few times a second at most and ever more rarely, the last one always. */
  | ({
      readonly type: 'stage-progress';
      readonly stage: StageId;
      readonly attempt: number;
    } & Progress)
  /** Figures of an attempt: ever more rarely while it runs, and once at its end. Logs of older versions have none. */
  | {
      readonly type: 'attempt-usage';
      readonly stage: StageId;
      readonly attempt: number;
      readonly usage: Usage;
    }
  | {
      readonly type: 'attempt-finished';
      readonly stage: StageId;
      readonly attempt: number;
      readonly outcome: Outcome;
    }
  | {
      readonly type: 'stage-finished';
      readonly stage: StageId;
      readonly status: FinalStageStatus;
      readonly outputs: Readonly<Record<string, string>>;
      /** Why it did not run; null for a stage that ran. */
      readonly reason: SkipReason | null;
    }
  /** Without `stage` the whole run is cancelled. What is running ends first. */
  | { readonly type: 'cancel-requested'; readonly by: CancelledBy; readonly stage: StageId | null }
  | { readonly type: 'run-finished'; readonly status: FinalRunStatus };

/** An event as stored and sent: `seq` counts up from 1 in its run, without gaps; `at` is ISO 8601 in UTC. */
export type RunEvent = RunEventBody & { readonly runId: RunId; readonly seq: number; readonly at: string };
