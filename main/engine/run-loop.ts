import { toAppError } from '#shared/lib/app-error.ts';
import type { StageId } from '#shared/lib/ids.ts';
import { type Action, decide } from '#shared/run/decide.ts';
import type { RunEvent, RunEventBody } from '#shared/run/events.ts';
import type { CancelledBy } from '#shared/run/outcome.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { type FinalRunStatus, isFinalRunStatus, isFinalStageStatus } from '#shared/run/status.ts';
import { createApprovals } from './approvals.ts';
import { durationsOf } from './durations-of.ts';
import type { ApprovalDecision, EnginePorts, ReuseRequest, RunHandle } from './engine.ts';
import { eventsOf } from './events-of.ts';
import type { ProcessLedger } from './process-ledger.ts';
import { createRunAttempts } from './run-attempts.ts';
import { createRunJournal } from './run-journal.ts';
import { enterGroup, failBeforeStart, prepareWorkspace, reuseResults } from './run-preparation.ts';
import { lookUp, type RunScope } from './run-scope.ts';
import { countSlots, type Slots } from './slots.ts';
import { createStageLocks } from './stage-locks.ts';
import { createStageTimers } from './stage-timers.ts';

export interface RunLoop extends RunHandle {
  /** Prepares the workspace and starts, or goes on with an interrupted run. Called once. */
  begin(): void;
  /** Does what follows from the present state; cheap when nothing does. */
  pump(): void;
  cancel(by: CancelledBy, stage?: StageId): boolean;
  /** @throws AppError `not-allowed` */
  decideApproval(stage: StageId, decision: ApprovalDecision): boolean;
  continueAttempt(stage: StageId): boolean;
}

export interface RunLoopOptions {
  readonly ports: EnginePorts;
  readonly slots: Slots;
  readonly ledger: ProcessLedger;
  /** After `run-created`, or of an interrupted run. */
  readonly initial: RunState;
  readonly reuse: ReuseRequest | null;
  readonly publish: (events: readonly RunEvent[]) => void;
}

/** One run from its creation to its end: stores events, folds them, does what `decide` says. */
export function createRunLoop(options: RunLoopOptions): RunLoop {
  const { ports, ledger, initial, reuse, publish } = options;
  const slots = countSlots(options.slots);
  const { runId, projectDir } = initial;
  const project = ports.projectIdOf(projectDir);
  const done = Promise.withResolvers<RunState>();
  /** Ends the preparation and every wait for a lock. */
  const waiting = new AbortController();
  const journal = createRunJournal(ports, initial, publish, crash);
  const { plannedOf, stageOf } = lookUp(() => journal.state());
  let isPrepared = false;
  let isFinishing = false;
  let hasCrashed = false;
  let stopRunTimer: () => void = () => undefined;
  let leaveGroup: () => void = () => undefined;

  const isOver = (): boolean => isFinishing;
  const scope: RunScope = {
    ...{ ports, runId, project, journal, plannedOf, stageOf },
    ...{ emit, guarded, pump, cancel, crash, isOver },
  };
  const timers = createStageTimers(ports.clock);
  const approvals = createApprovals(scope, timers);
  const locks = createStageLocks(scope);
  const attempts = createRunAttempts(scope, slots, ledger, timers);

  function emit(bodies: readonly RunEventBody[]): void {
    journal.transact(() => {
      journal.emit(bodies);
      for (const body of bodies) {
        if (body.type === 'stage-finished') afterStageFinished(body.stage, body.status !== 'succeeded');
      }
    });
  }

  function afterStageFinished(stage: StageId, mayEndOthers: boolean): void {
    timers.stop(stage);
    locks.release(stage);
    // A leg that failed may have asked the others of its matrix to end.
    if (mayEndOthers) journal.afterStoring(attempts.endAsked);
  }

  function guarded(work: () => void): void {
    try {
      if (isOver()) return;
      journal.transact(work);
      pump();
    } catch (error) {
      crash(error);
    }
  }

  async function prepare(): Promise<void> {
    leaveGroup = await enterGroup(scope, waiting.signal);
    const { plan } = journal.state();
    // Time in the queue of its group does not count.
    if (plan.timeoutMs !== null) {
      stopRunTimer = ports.clock.after(plan.timeoutMs, () => cancel('run-timeout'));
    }
    await prepareWorkspace(scope, reuse, waiting.signal);
    if (journal.state().status === 'interrupted') resume();
  }

  /** What waited for a person goes on waiting for the same moment. */
  function resume(): void {
    emit([{ type: 'run-resumed' }]);
    approvals.armAll();
  }

  function pump(): void {
    if (!isPrepared || isOver()) return;
    try {
      journal.transact(() => {
        while (!isOver()) {
          const actions = decide(journal.state(), slots.free());
          if (actions.length === 0) break;
          for (const action of actions) follow(action);
        }
      });
    } catch (error) {
      crash(error);
    }
  }

  /** Records the action and takes what it needs, so that the next decision counts it; starts it once that is stored. */
  function follow(action: Action): void {
    emit(eventsOf(action, journal.state(), ports));
    switch (action.type) {
      case 'start-run':
        if (reuse !== null) reuseResults(scope, reuse);
        break;
      case 'start-attempt':
        slots.take(action.slots);
        journal.afterStoring(() => attempts.start(action));
        break;
      case 'request-approval':
        approvals.arm(action.stage);
        break;
      case 'acquire-locks':
        journal.afterStoring(() => locks.acquire(action.stage, waiting.signal));
        break;
      case 'fail-fast':
        attempts.cancelAll('fail-fast');
        break;
      case 'finish-run':
        isFinishing = true;
        journal.afterStoring(() => void finish(action.status));
        break;
      // Recorded, and nothing more to do.
      case 'skip-stage':
      case 'cancel-stage':
      case 'finish-matrix':
      case 'evaluate-condition':
      case 'expand-matrix':
        break;
    }
  }

  async function release(): Promise<void> {
    await ports.executors.local.release(runId);
    await ports.places.release(runId);
  }

  async function finish(status: FinalRunStatus): Promise<void> {
    endWaits();
    try {
      await release();
      emit([{ type: 'run-finished', status }]);
      ports.durations.record(project, journal.state().pipelineFile, durationsOf(journal.state()));
      await ports.workspaces.close(runId, journal.state().plan, status !== 'succeeded');
      done.resolve(journal.state());
    } catch (error) {
      crash(error);
    }
  }

  function endWaits(): void {
    stopRunTimer();
    timers.stopAll();
    locks.releaseAll();
    waiting.abort();
    leaveGroup();
  }

  /** Nothing more can be recorded, so end what runs and, when that is gone, say so to the caller. */
  function crash(error: unknown): void {
    if (hasCrashed) return;
    hasCrashed = true;
    isFinishing = true;
    endWaits();
    attempts.cancelAll('signal');
    void attempts
      .ended()
      .then(release)
      .catch(() => undefined)
      .then(() => {
        slots.giveAll();
        done.reject(toAppError(error));
      });
  }

  function cancel(by: CancelledBy, stage?: StageId): boolean {
    const { status, graph } = journal.state();
    if (isOver() || (isFinalRunStatus(status) && status !== 'interrupted')) return false;
    if (stage === undefined) {
      if (journal.state().cancelRequested === null) emit([{ type: 'cancel-requested', by, stage: null }]);
      if (!isPrepared) waiting.abort();
      attempts.cancelAll(by);
    } else {
      if (!graph.indexOf.has(stage) || isFinalStageStatus(stageOf(stage).status)) return false;
      if (!stageOf(stage).cancelRequested) emit([{ type: 'cancel-requested', by, stage }]);
      attempts.cancel(stage, by);
    }
    pump();
    return true;
  }

  return {
    runId,
    state: () => journal.state(),
    finished: done.promise,
    begin: () => {
      void prepare()
        .catch((error: unknown) => {
          if (!waiting.signal.aborted) failBeforeStart(scope, error);
          // Cancelled while it waited for its group: it ends like one that was under way.
          else if (journal.state().status === 'interrupted') resume();
        })
        .then(() => {
          isPrepared = true;
          pump();
        })
        .catch(crash);
    },
    pump,
    cancel,
    decideApproval: approvals.decide,
    continueAttempt: attempts.goOn,
  };
}
