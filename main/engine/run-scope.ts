import { chunkedGet } from '#shared/lib/chunked.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import type { RunEventBody } from '#shared/run/events.ts';
import type { CancelledBy } from '#shared/run/outcome.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import type { EnginePorts } from './engine.ts';
import type { RunJournal } from './run-journal.ts';

/** One run, as the parts of its loop share it. */
export interface RunScope {
  readonly ports: EnginePorts;
  readonly runId: RunId;
  /** The id under which caches, locks and state of the project are kept. */
  readonly project: string;
  readonly journal: RunJournal;
  /** The journal, with what follows when a stage has ended. */
  readonly emit: (bodies: readonly RunEventBody[]) => void;
  /** For what begins in a timer or a promise: stores what it does in one go; an error there ends the run instead of the process. */
  guarded(work: () => void): void;
  readonly pump: () => void;
  readonly cancel: (by: CancelledBy, stage?: StageId) => boolean;
  /** The store is gone or an event was illegal. */
  readonly crash: (error: unknown) => void;
  /** Nothing more is begun. */
  readonly isOver: () => boolean;
  readonly plannedOf: (stage: StageId) => PlannedStage;
  readonly stageOf: (stage: StageId) => StageState;
}

/** The stage as it is planned, and as it is now, by its id. */
export function lookUp(state: () => RunState): Pick<RunScope, 'plannedOf' | 'stageOf'> {
  return {
    plannedOf: (stage) => state().plan.stages[state().graph.indexOf.get(stage)!]!,
    stageOf: (stage) => chunkedGet(state().stages, state().graph.indexOf.get(stage)!),
  };
}
