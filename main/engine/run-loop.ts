import { assertNever } from '#shared/lib/assert-never.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import { chunkedGet, chunkedToArray } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import { type Action, decide } from '#shared/run/decide.ts';
import type { RunEvent, RunEventBody } from '#shared/run/events.ts';
import type { CancelledBy } from '#shared/run/outcome.ts';
import { reduceRun } from '#shared/run/reduce-run.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { type FinalRunStatus, isFinalRunStatus, isFinalStageStatus } from '#shared/run/status.ts';
import type { EnginePorts, RunHandle } from './engine.ts';
import { runAttempt } from './run-attempt.ts';
import { AttemptSignal } from './attempt-signal.ts';
import type { ExecutionRequest } from './ports.ts';
import type { ProcessLedger } from './process-ledger.ts';

export interface Slots {
  free(): number;
  take(): void;
  give(): void;
}

export interface RunLoop extends RunHandle {
  /** Prepares the workspace and starts the first stages. Called once. */
  begin(): void;
  /** Does what follows from the present state; cheap when nothing does. */
  pump(): void;
  cancel(by: CancelledBy, stage?: StageId): boolean;
}

export interface RunLoopOptions {
  readonly ports: EnginePorts;
  readonly slots: Slots;
  readonly ledger: ProcessLedger;
  /** After `run-created`. */
  readonly initial: RunState;
  readonly publish: (events: readonly RunEvent[]) => void;
}

/** One run from its creation to its end: stores events, folds them, does what `decide` says. */
export function createRunLoop({ ports, slots, ledger, initial, publish }: RunLoopOptions): RunLoop {
  const { runId, plan, projectDir } = initial;
  const done = Promise.withResolvers<RunState>();
  const attempts = new Map<StageId, AttemptSignal>();
  const preparation = new AbortController();
  let state = initial;
  let isPrepared = false;
  let isFinishing = false;
  let stopRunTimer: () => void = () => undefined;

  const isOver = (): boolean => isFinishing;

  /** Folded, not yet stored; what waits for their storage. */
  let unstored: RunEvent[] = [];
  let afterStoring: (() => void)[] = [];
  let depth = 0;

  /**
   * The one way in which a run changes. What happens in one go is stored in one transaction: folded at once, so that
   * `decide` sees it, then stored, then published, and only then is anything started because of it.
   */
  function transact(work: () => void): void {
    depth += 1;
    try {
      work();
    } finally {
      depth -= 1;
      if (depth === 0) store();
    }
  }

  function store(): void {
    const events = unstored;
    const next = afterStoring;
    unstored = [];
    afterStoring = [];
    if (events.length > 0) {
      ports.events.append(runId, events);
      publish(events);
    }
    for (const start of next) start();
  }

  function emit(bodies: readonly RunEventBody[]): void {
    if (bodies.length === 0) return;
    transact(() => {
      const at = new Date(ports.clock.now()).toISOString();
      for (const body of bodies) {
        const event: RunEvent = { ...body, runId, seq: state.seq + 1, at };
        state = reduceRun(state, event);
        unstored.push(event);
      }
    });
  }

  async function prepare(): Promise<void> {
    try {
      await ports.workspaces.prepare(runId, plan, projectDir, preparation.signal);
    } catch (error) {
      if (!preparation.signal.aborted) failBeforeStart(error);
    }
    isPrepared = true;
    pump();
  }

  /** Without a workspace no stage can be tried: those that could start say why, the others follow as skipped. */
  function failBeforeStart(error: unknown): void {
    const { code, message, hint } = toAppError(error, 'workspace-failed');
    emit([{ type: 'run-started' }]);
    const ready = chunkedToArray(state.stages).filter((stage) => stage.status === 'ready');
    const issue = {
      code,
      severity: 'error',
      path: state.pipelineFile,
      line: null,
      column: null,
      message,
      hint,
    } as const;
    emit(
      ready.flatMap((stage): RunEventBody[] => [
        { type: 'issue-raised', stage: stage.id, attempt: 1, issue },
        { type: 'stage-finished', stage: stage.id, status: 'infra-error', outputs: {}, reason: null },
      ]),
    );
  }

  function pump(): void {
    if (!isPrepared || isOver()) return;
    try {
      transact(() => {
        while (!isOver()) {
          const actions = decide(state, slots.free());
          if (actions.length === 0) break;
          emit(actions.flatMap(eventsOf));
          for (const action of actions) follow(action);
        }
      });
    } catch (error) {
      crash(error);
    }
  }

  /** Takes what the action needs now, so that the next decision counts it, and starts it once its events are stored. */
  function follow(action: Action): void {
    if (action.type === 'start-attempt') {
      slots.take();
      afterStoring.push(() => void runAttemptOf(action.stage, action.attempt));
    }
    if (action.type === 'finish-run') {
      isFinishing = true;
      afterStoring.push(() => void finish(action.status));
    }
  }

  async function runAttemptOf(stageId: StageId, number: number): Promise<void> {
    const planned = plan.stages[state.graph.indexOf.get(stageId)!]!;
    const signal = new AttemptSignal();
    const { cancelRequested } = chunkedGet(state.stages, state.graph.indexOf.get(stageId)!);
    if (state.cancelRequested !== null) signal.cancel(state.cancelRequested);
    else if (cancelRequested) signal.cancel('user');
    attempts.set(stageId, signal);
    const onProcess: ExecutionRequest['onProcess'] = (pid, change) => {
      ledger[change](runId, pid);
    };
    try {
      const { outcome, outputs } = await runAttempt({
        ports,
        run: state,
        stage: planned,
        attempt: number,
        signal,
        emit,
        onProcess,
      });
      transact(() => {
        emit([
          { type: 'attempt-finished', stage: stageId, attempt: number, outcome },
          { type: 'stage-finished', stage: stageId, status: outcome.type, outputs, reason: null },
        ]);
        release(stageId);
      });
    } catch (error) {
      release(stageId);
      crash(error);
    }
  }

  function release(stageId: StageId): void {
    if (!attempts.delete(stageId)) return;
    slots.give();
    pump();
  }

  async function finish(status: FinalRunStatus): Promise<void> {
    stopRunTimer();
    try {
      await ports.executors.local.release(runId);
      emit([{ type: 'run-finished', status }]);
      await ports.workspaces.close(runId, plan, status !== 'succeeded');
      done.resolve(state);
    } catch (error) {
      crash(error);
    }
  }

  /** The store is gone or an event was illegal: nothing more can be recorded, so end what runs and say so to the caller. */
  function crash(error: unknown): void {
    isFinishing = true;
    stopRunTimer();
    preparation.abort();
    for (const signal of attempts.values()) signal.cancel('signal');
    done.reject(toAppError(error));
  }

  function cancel(by: CancelledBy, stage?: StageId): boolean {
    if (isFinalRunStatus(state.status) || isFinishing) return false;
    if (stage === undefined) {
      if (state.cancelRequested === null) emit([{ type: 'cancel-requested', by, stage: null }]);
      preparation.abort();
      for (const signal of attempts.values()) signal.cancel(by);
    } else {
      const index = state.graph.indexOf.get(stage);
      if (index === undefined || isFinalStageStatus(chunkedGet(state.stages, index).status)) return false;
      if (!chunkedGet(state.stages, index).cancelRequested) emit([{ type: 'cancel-requested', by, stage }]);
      attempts.get(stage)?.cancel(by);
    }
    pump();
    return true;
  }

  return {
    runId,
    state: () => state,
    finished: done.promise,
    begin: () => {
      if (plan.timeoutMs !== null)
        stopRunTimer = ports.clock.after(plan.timeoutMs, () => cancel('run-timeout'));
      void prepare().catch(crash);
    },
    pump,
    cancel,
  };
}

/** What an action records at once; what `start-attempt` and `finish-run` lead to comes later. */
function eventsOf(action: Action): RunEventBody[] {
  switch (action.type) {
    case 'start-run':
      return [{ type: 'run-started' }];
    case 'start-attempt':
      return [{ type: 'attempt-started', stage: action.stage, attempt: action.attempt }];
    case 'skip-stage':
      return [
        {
          type: 'stage-finished',
          stage: action.stage,
          status: 'skipped',
          outputs: {},
          reason: action.reason,
        },
      ];
    case 'cancel-stage':
      return [
        {
          type: 'stage-finished',
          stage: action.stage,
          status: 'cancelled',
          outputs: {},
          reason: { type: 'run-cancelled' },
        },
      ];
    case 'finish-run':
      return [];
    default:
      return assertNever(action);
  }
}
