import type { Chunked } from '../lib/chunked.ts';
import type { RunId, StageId } from '../lib/ids.ts';
import type { Issue } from '../lib/issue.ts';
import type { Heap } from '../lib/leftist-heap.ts';
import type { Plan, PlannedStage } from '../pipeline/plan.ts';
import type {
  ArtifactSummary,
  GitInfo,
  QueueReason,
  ReportSummary,
  ReusedFrom,
  RunTrigger,
} from './events.ts';
import type { PlanGraph } from './graph.ts';
import type { CancelledBy, Outcome, SkipReason } from './outcome.ts';
import type { Progress } from './progress.ts';
import type { FinalRunStatus, RunStatus, StageStatus } from './status.ts';
import type { UsageState } from './usage.ts';

export interface StepState {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly outcome: Outcome | null;
}

export interface AttemptState {
  /** 1-based. */
  readonly number: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** Null while it runs. */
  readonly outcome: Outcome | null;
  /** Only of stages with `steps:`; a single script or kind is its own step. */
  readonly steps: readonly StepState[];
  /** Absent: nothing was measured, because it was too short or the system does not tell. */
  readonly usage?: UsageState;
  /** How far it has come, or had when it ended; absent: nothing told. */
  readonly progress?: Progress;
  /** Since when it waits, and after what failure (null: it is at a breakpoint); absent while it does not. */
  readonly paused?: { readonly at: string; readonly outcome: Outcome | null };
}

export interface StageState {
  readonly id: StageId;
  readonly status: StageStatus;
  readonly reason: SkipReason | null;
  readonly attempts: readonly AttemptState[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly artifacts: readonly ArtifactSummary[];
  readonly reports: readonly ReportSummary[];
  readonly issues: readonly Issue[];
  /** Markdown that the stage wrote to its summary file. */
  readonly summary: string | null;
  /** When what it needs was done; null before. */
  readonly readyAt: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly cancelRequested: boolean;
  readonly queuedFor: QueueReason | null;
  readonly approval: ApprovalState | null;
  readonly reusedFrom: Pick<ReusedFrom, 'runId' | 'because'> | null;
  readonly caches: readonly CacheState[];
  /** Its `if` has been found to hold; true from the start for a stage without one. */
  readonly conditionMet: boolean;
  /** It has the locks that it names; true from the start for a stage without any. */
  readonly hasLocks: boolean;
  /** The host of which it has slots, or had them last; absent: it runs on this machine, or no host has its labels. */
  readonly host?: string;
  /** Of a matrix: its legs that run now. */
  readonly runningLegs: number;
  /** Something that it needs, directly or not, failed; for `failure()`. */
  readonly hasFailedAncestor: boolean;
  /** Needs that have not finished. */
  readonly unmetNeeds: number;
  /** The first need that ended without letting its dependents run. */
  readonly blockedBy: StageId | null;
}

export interface ApprovalState {
  readonly message: string;
  readonly allowed: readonly string[];
  readonly requestedAt: string;
  readonly expiresAt: string | null;
  readonly decision: 'approved' | 'rejected' | null;
  readonly by: string | null;
  readonly comment: string | null;
  readonly decidedAt: string | null;
}

export interface CacheState {
  readonly key: string;
  readonly matchedKey: string | null;
  readonly sizeBytes: number;
}

/** A run as its events tell it. Immutable; made by `reduceRun` alone. */
export interface RunState {
  readonly runId: RunId;
  readonly name: string;
  readonly number: number;
  readonly projectDir: string;
  readonly pipelineFile: string;
  readonly status: RunStatus;
  /** The last folded event. */
  readonly seq: number;
  readonly plan: Plan;
  readonly graph: PlanGraph;
  readonly trigger: RunTrigger;
  readonly git: GitInfo | null;
  readonly maxParallel: number;
  /** From past runs, by stage id. */
  readonly expectedMs: Readonly<Record<string, number>>;
  /** Absent: an attempt that fails ends at once. */
  readonly pauseOnFailure?: true;
  /** Stages whose attempts wait before their first step; absent for none. */
  readonly breakpoints?: readonly StageId[];
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** By position in `plan.stages`. */
  readonly stages: Chunked<StageState>;
  readonly counts: Readonly<Record<StageStatus, number>>;
  readonly cancelRequested: CancelledBy | null;
  /** Slots of this machine that running stages hold. */
  readonly usedSlots: number;
  /** Slots of hosts that running stages hold. */
  readonly usedHostSlots: number;
  /** Failures that no `continue-on-error` allows. */
  readonly decisiveFailures: number;
  /** Stages that have not ended, hooks left out. */
  readonly openStages: number;
  /** What the run came to, from the end of its last stage on; hooks that follow do not change it. */
  readonly result: FinalRunStatus | null;
  /** Stages with something to settle that needs no slot: a condition, an approval, locks, a matrix to expand or to end. */
  readonly due: Heap | null;
  /** Stages that may start, longest remaining path first; entries that are no longer ready are skipped when met. */
  readonly ready: Heap | null;
  /** Likewise those that run on a host, of which they have the slots already. */
  readonly readyOnHosts: Heap | null;
  /** Stages that will never start and are not yet finished as such. */
  readonly doomed: Heap | null;
}

/** Whether a finished stage lets those that need it run. */
export function isSatisfied(stage: StageState, planned: PlannedStage): boolean {
  if (stage.status === 'succeeded') return true;
  return (
    planned.continueOnError &&
    (stage.status === 'failed' || stage.status === 'timed-out' || stage.status === 'infra-error')
  );
}
