import { toAppError } from '#shared/lib/app-error.ts';
import { chunkedGet, chunkedToArray } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import { type Action, decide } from '#shared/run/decide.ts';
import type { RunEvent, RunEventBody } from '#shared/run/events.ts';
import type { CancelledBy, Outcome } from '#shared/run/outcome.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { type FinalRunStatus, isFinalRunStatus, isFinalStageStatus } from '#shared/run/status.ts';
import { checkAllowed } from './approvals.ts';
import { AttemptSignal } from './attempt-signal.ts';
import type { ApprovalDecision, EnginePorts, ReuseRequest, RunHandle } from './engine.ts';
import { eventsOf } from './events-of.ts';
import { groupOf } from './concurrency.ts';
import type { ExecutionRequest } from './ports.ts';
import type { ProcessLedger } from './process-ledger.ts';
import { retryDelayMs, shouldRetry } from './retry.ts';
import { durationsOf } from './durations-of.ts';
import { runAttempt } from './run-attempt.ts';
import { createRunJournal } from './run-journal.ts';

export interface Slots {
  free(): number;
  take(count: number): void;
  give(count: number): void;
}

export interface RunLoop extends RunHandle {
  /** Prepares the workspace and starts, or goes on with an interrupted run. Called once. */
  begin(): void;
  /** Does what follows from the present state; cheap when nothing does. */
  pump(): void;
  cancel(by: CancelledBy, stage?: StageId): boolean;
  /** @throws AppError `not-allowed` */
  decideApproval(stage: StageId, decision: ApprovalDecision): boolean;
  /** The name under which no other run may be under way; null: none. */
  concurrencyGroup(): string | null;
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
export function createRunLoop({ ports, slots, ledger, initial, reuse, publish }: RunLoopOptions): RunLoop {
  const { runId, projectDir } = initial;
  const project = ports.projectIdOf(projectDir);
  const done = Promise.withResolvers<RunState>();
  const attempts = new Map<StageId, AttemptSignal>();
  const heldLocks = new Map<StageId, () => void>();
  const timers = new Map<StageId, () => void>();
  /** Ends the preparation and every wait for a lock. */
  const waiting = new AbortController();
  const journal = createRunJournal(ports, initial, publish);
  let isPrepared = false;
  let isFinishing = false;
  let stopRunTimer: () => void = () => undefined;
  let leaveGroup: () => void = () => undefined;

  const isOver = (): boolean => isFinishing;
  const plannedOf = (stage: StageId) =>
    journal.state().plan.stages[journal.state().graph.indexOf.get(stage)!]!;
  const stageOf = (stage: StageId) =>
    chunkedGet(journal.state().stages, journal.state().graph.indexOf.get(stage)!);

  /** The journal, with what follows when a stage has ended. */
  function emit(bodies: readonly RunEventBody[]): void {
    journal.transact(() => {
      journal.emit(bodies);
      for (const body of bodies) {
        if (body.type === 'stage-finished') afterStageFinished(body.stage, body.status !== 'succeeded');
      }
    });
  }

  function afterStageFinished(stage: StageId, mayEndOthers: boolean): void {
    stopTimer(stage);
    heldLocks.get(stage)?.();
    heldLocks.delete(stage);
    // A leg that failed may have asked the others of its matrix to end.
    if (mayEndOthers) journal.afterStoring(endAsked);
  }

  function endAsked(): void {
    for (const [stage, signal] of attempts) if (stageOf(stage).cancelRequested) signal.cancel('fail-fast');
  }

  function stopTimer(stage: StageId): void {
    timers.get(stage)?.();
    timers.delete(stage);
  }

  function startTimer(stage: StageId, until: string, then: () => void): void {
    stopTimer(stage);
    const delayMs = Math.max(0, Date.parse(until) - ports.clock.now());
    const run = (): void => {
      timers.delete(stage);
      guarded(then);
    };
    timers.set(stage, ports.clock.after(delayMs, run));
  }

  /** For what begins in a timer or a promise: an error there ends the run instead of the process. */
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
    const group = groupOf(ports, journal.state());
    if (group !== null) leaveGroup = await ports.locks.acquire([group], ports.owner, runId, waiting.signal);
    const isResumed = journal.state().status === 'interrupted';
    if (!isResumed || journal.state().startedAt === null) {
      const { signal } = waiting;
      if (reuse === null) await ports.workspaces.prepare(runId, journal.state().plan, projectDir, signal);
      else await ports.workspaces.prepareFrom(runId, reuse.runId, journal.state().plan, projectDir, signal);
    }
    if (isResumed) resume();
  }

  /** What waited for time or for a person goes on waiting for the same moment. */
  function resume(): void {
    emit([{ type: 'run-resumed' }]);
    for (const { id, approval, status } of chunkedToArray(journal.state().stages)) {
      if (status === 'waiting-approval' && approval?.expiresAt) armApproval(id, approval.expiresAt);
    }
  }

  /** Without a workspace no stage can be tried: those that could start say why, the others follow as skipped. */
  function failBeforeStart(error: unknown): void {
    const { code, message, hint } = toAppError(error, 'workspace-failed');
    if (journal.state().status === 'queued') emit([{ type: 'run-started' }]);
    else emit([{ type: 'run-resumed' }]);
    const place = { path: journal.state().pipelineFile, line: null, column: null };
    const issue = { code, severity: 'error', ...place, message, hint } as const;
    for (const stage of chunkedToArray(journal.state().stages).filter(({ status }) => status === 'ready')) {
      emit([
        { type: 'issue-raised', stage: stage.id, attempt: 1, issue },
        { type: 'stage-finished', stage: stage.id, status: 'infra-error', outputs: {}, reason: null },
      ]);
    }
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
        if (reuse !== null) reuseResults(reuse);
        break;
      case 'start-attempt':
        slots.take(action.slots);
        journal.afterStoring(() => void tryStage(action));
        break;
      case 'request-approval': {
        const { approval } = stageOf(action.stage);
        if (approval?.expiresAt) armApproval(action.stage, approval.expiresAt);
        break;
      }
      case 'acquire-locks':
        journal.afterStoring(() => void acquireLocks(action.stage));
        break;
      case 'fail-fast':
        for (const signal of attempts.values()) signal.cancel('fail-fast');
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

  /** In an order in which what a stage needs comes before it, so that each is ready when its turn comes. */
  function reuseResults({ runId: earlier, stages }: ReuseRequest): void {
    for (const index of journal.state().graph.order) {
      const stage = journal.state().plan.stages[index]!.id;
      const result = stages.get(stage);
      if (result === undefined) continue;
      const { artifacts, reports, outputs } = result;
      if (!stageOf(stage).conditionMet) emit([{ type: 'condition-met', stage }]);
      emit([
        { type: 'stage-reused', stage, from: { runId: earlier, because: 'rerun', artifacts, reports } },
        { type: 'stage-finished', stage, status: 'succeeded', outputs, reason: null },
      ]);
    }
  }

  function armApproval(stage: StageId, expiresAt: string): void {
    startTimer(stage, expiresAt, () => {
      const decision = plannedOf(stage).approval?.onTimeout === 'approve' ? 'approved' : 'rejected';
      endApproval(stage, { decision, by: null, comment: null });
    });
  }

  function endApproval(
    stage: StageId,
    { decision, by, comment }: Omit<ApprovalDecision, 'by'> & { by: string | null },
  ): void {
    if (stageOf(stage).status !== 'waiting-approval') return;
    const outputs = { decision, by: by ?? '', comment: comment ?? '' };
    const status = decision === 'approved' ? 'succeeded' : 'failed';
    emit([
      { type: 'approval-decided', stage, decision, by, comment },
      { type: 'stage-finished', stage, status, outputs, reason: null },
    ]);
  }

  function decideApproval(stage: StageId, decision: ApprovalDecision): boolean {
    if (isOver() || journal.state().graph.indexOf.get(stage) === undefined) return false;
    const { approval, status } = stageOf(stage);
    if (status !== 'waiting-approval' || approval === null) return false;
    checkAllowed(approval, decision.by);
    guarded(() => endApproval(stage, decision));
    return true;
  }

  async function acquireLocks(stage: StageId): Promise<void> {
    const names = plannedOf(stage).locks.map((name) => `lock:${name}`);
    try {
      const release = await ports.locks.acquire(names, ports.owner, `${runId}/${stage}`, waiting.signal);
      if (isOver() || stageOf(stage).status !== 'queued') {
        release();
        return;
      }
      heldLocks.set(stage, release);
      guarded(() => emit([{ type: 'stage-released', stage }]));
    } catch (error) {
      if (!waiting.signal.aborted) crash(error);
    }
  }

  async function tryStage({
    stage,
    attempt,
    slots: count,
  }: Extract<Action, { type: 'start-attempt' }>): Promise<void> {
    const signal = new AttemptSignal();
    const { cancelRequested: by } = journal.state();
    if (by !== null && plannedOf(stage).condition === null) signal.cancel(by);
    else if (stageOf(stage).cancelRequested) signal.cancel('user');
    attempts.set(stage, signal);
    const onProcess: ExecutionRequest['onProcess'] = (pid, change) => ledger[change](runId, pid);
    const release = (): void => {
      if (!attempts.delete(stage)) return;
      slots.give(count);
      pump();
    };
    try {
      const planned = plannedOf(stage);
      const now = () => stageOf(stage);
      const request = {
        ports,
        project,
        run: journal.state(),
        stage: planned,
        attempt,
        signal,
        emit,
        onProcess,
        state: now,
      };
      const result = await runAttempt(request);
      journal.transact(() => {
        emit([{ type: 'attempt-finished', stage, attempt, outcome: result.outcome }]);
        concludeStage(stage, attempt, result.outcome, result.outputs);
        release();
      });
    } catch (error) {
      release();
      crash(error);
    }
  }

  function concludeStage(
    stage: StageId,
    attempt: number,
    outcome: Outcome,
    outputs: Readonly<Record<string, string>>,
  ): void {
    const { retry } = plannedOf(stage);
    const isWanted = journal.state().cancelRequested === null && !stageOf(stage).cancelRequested;
    if (retry === null || !isWanted || !shouldRetry(retry, outcome, attempt)) {
      emit([{ type: 'stage-finished', stage, status: outcome.type, outputs, reason: null }]);
      return;
    }
    const delayMs = retryDelayMs(retry, attempt, ports.random());
    const until = new Date(ports.clock.now() + delayMs).toISOString();
    emit([{ type: 'stage-queued', stage, reason: { type: 'retry', until, delayMs } }]);
    startTimer(stage, until, () => {
      if (stageOf(stage).status === 'queued') emit([{ type: 'stage-released', stage }]);
    });
  }

  async function finish(status: FinalRunStatus): Promise<void> {
    endWaits();
    try {
      await ports.executors.local.release(runId);
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
    for (const stop of timers.values()) stop();
    timers.clear();
    for (const release of heldLocks.values()) release();
    heldLocks.clear();
    waiting.abort();
    leaveGroup();
  }

  /** The store is gone or an event was illegal: nothing more can be recorded, so end what runs and say so to the caller. */
  function crash(error: unknown): void {
    isFinishing = true;
    endWaits();
    for (const signal of attempts.values()) signal.cancel('signal');
    done.reject(toAppError(error));
  }

  function cancel(by: CancelledBy, stage?: StageId): boolean {
    if (isFinalRunStatus(journal.state().status) && journal.state().status !== 'interrupted') return false;
    if (isOver()) return false;
    if (stage === undefined) {
      if (journal.state().cancelRequested === null) emit([{ type: 'cancel-requested', by, stage: null }]);
      if (!isPrepared) waiting.abort();
      for (const signal of attempts.values()) signal.cancel(by);
    } else {
      if (journal.state().graph.indexOf.get(stage) === undefined || isFinalStageStatus(stageOf(stage).status))
        return false;
      if (!stageOf(stage).cancelRequested) emit([{ type: 'cancel-requested', by, stage }]);
      attempts.get(stage)?.cancel(by);
    }
    pump();
    return true;
  }

  return {
    runId,
    state: () => journal.state(),
    finished: done.promise,
    begin: () => {
      const { timeoutMs } = journal.state().plan;
      if (timeoutMs !== null) stopRunTimer = ports.clock.after(timeoutMs, () => cancel('run-timeout'));
      void prepare()
        .catch((error: unknown) => {
          if (!waiting.signal.aborted) failBeforeStart(error);
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
    decideApproval,
    concurrencyGroup: () => groupOf(ports, journal.state()),
  };
}
