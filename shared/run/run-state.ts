import type { Chunked } from '../lib/chunked.ts';
import type { RunId, StageId } from '../lib/ids.ts';
import type { Issue } from '../lib/issue.ts';
import type { Heap } from '../lib/leftist-heap.ts';
import type { Plan, PlannedStage } from '../pipeline/plan.ts';
import type { ArtifactSummary, GitInfo, ReportSummary, RunTrigger } from './events.ts';
import type { PlanGraph } from './graph.ts';
import type { CancelledBy, Outcome, SkipReason } from './outcome.ts';
import type { RunStatus, StageStatus } from './status.ts';

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
  /** Needs that have not finished. */
  readonly unmetNeeds: number;
  /** The first need that ended without letting its dependents run. */
  readonly blockedBy: StageId | null;
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
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** By position in `plan.stages`. */
  readonly stages: Chunked<StageState>;
  readonly counts: Readonly<Record<StageStatus, number>>;
  readonly cancelRequested: CancelledBy | null;
  /** Stages that may start, longest remaining path first; entries that are no longer ready are skipped when met. */
  readonly ready: Heap | null;
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
