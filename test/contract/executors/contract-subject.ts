import type { Places } from '#main/engine/ports.ts';
import type { DummyStage } from '#main/executors/dummy/dummy-executor.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { PlannedPlace } from '#shared/pipeline/plan-place.ts';

/** An executor with the places that it opens, as the contract suite tries it. */
export interface ContractSubject extends AsyncDisposable {
  readonly places: Places;
  /** What a stage's plan would say. */
  readonly place: PlannedPlace;
  /** Of a scripted executor: what the next step of this stage does instead of its script. */
  readonly script?: (stage: StageId, what: DummyStage) => void;
}

/** In what executors may differ; a test that needs what one has not is left out for it. */
export interface Abilities {
  /** Runs scripts by a shell; the scripted one does what each test tells it. */
  readonly runsScripts: boolean;
  /** Tells a signal from the exit code that a shell makes of it (128 and its number). */
  readonly tellsSignals: boolean;
  /** Tells a missing program or folder from a script that ended with 127. */
  readonly tellsWhyNotStarted: boolean;
  /** Brings back files whose names are no UTF-8. */
  readonly bringsAnyName: boolean;
}

/** How long a fact of another process is waited for, on a machine with much to do. */
export const SOON = { timeout: 10_000 };
