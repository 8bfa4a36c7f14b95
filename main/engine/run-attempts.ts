import type { StageId } from '#shared/lib/ids.ts';
import type { Action } from '#shared/run/decide.ts';
import type { CancelledBy, Outcome } from '#shared/run/outcome.ts';
import type { AttemptState } from '#shared/run/run-state.ts';
import { AttemptSignal } from './attempt-signal.ts';
import { createPauses } from './pauses.ts';
import type { ExecutionRequest } from './ports.ts';
import type { ProcessLedger } from './process-ledger.ts';
import { retryDelayMs, shouldRetry } from './retry.ts';
import { runAttempt } from './run-attempt.ts';
import type { RunScope } from './run-scope.ts';
import type { Slots } from './slots.ts';
import type { StageTimers } from './stage-timers.ts';

type Start = Extract<Action, { type: 'start-attempt' }>;

/** The attempts of a run that are under way. */
export interface RunAttempts {
  /** Tries a stage, whose slots are taken already; gives them back and concludes the stage, or queues its next try. */
  readonly start: (action: Start) => void;
  readonly cancel: (stage: StageId, by: CancelledBy) => void;
  /** Lets an attempt that waits after a failure go on; false when none of the stage does. */
  readonly goOn: (stage: StageId) => boolean;
  readonly cancelAll: (by: CancelledBy) => void;
  /** Ends the attempts of stages whose end was asked for by what happened to others. */
  readonly endAsked: () => void;
  /** Resolves when none is under way any more; never rejects. */
  readonly ended: () => Promise<void>;
}

export function createRunAttempts(
  scope: RunScope,
  slots: Slots,
  ledger: ProcessLedger,
  timers: StageTimers,
): RunAttempts {
  const { ports, runId, project, journal, emit, plannedOf, stageOf } = scope;
  const signals = new Map<StageId, AttemptSignal>();
  const pauses = createPauses();
  const underWay = new Set<Promise<void>>();

  function signalFor(stage: StageId): AttemptSignal {
    const signal = new AttemptSignal();
    const { cancelRequested: by } = journal.state();
    if (by !== null && plannedOf(stage).condition === null) signal.cancel(by);
    else if (stageOf(stage).cancelRequested) signal.cancel('user');
    return signal;
  }

  async function tryStage({ stage, attempt, slots: count }: Start): Promise<void> {
    const signal = signalFor(stage);
    signals.set(stage, signal);
    const onProcess: ExecutionRequest['onProcess'] = (pid, change) => ledger[change](runId, pid);
    const release = (): void => {
      if (!signals.delete(stage)) return;
      slots.give(count);
      scope.pump();
    };
    try {
      const run = journal.state();
      const state = () => stageOf(stage);
      const planned = plannedOf(stage);
      const waitPaused = (): Promise<void> => pauses.wait(stage, signal.signal);
      const about = { ports, project, run, stage: planned, attempt, signal, emit, onProcess, state };
      const request = { ...about, waitPaused, runNow: () => journal.state() };
      const { outcome, outputs } = await runAttempt(request);
      journal.transact(() => {
        emit([{ type: 'attempt-finished', stage, attempt, outcome }]);
        conclude(stage, outcome, outputs);
        release();
      });
    } catch (error) {
      release();
      scope.crash(error);
    }
  }

  function conclude(stage: StageId, outcome: Outcome, outputs: Readonly<Record<string, string>>): void {
    const { retry } = plannedOf(stage);
    const tries = stageOf(stage).attempts.filter((one) => !diedWithHost(one)).length;
    const isWanted = journal.state().cancelRequested === null && !stageOf(stage).cancelRequested;
    if (retry === null || !isWanted || !shouldRetry(retry, outcome, tries)) {
      emit([{ type: 'stage-finished', stage, status: outcome.type, outputs, reason: null }]);
      return;
    }
    const delayMs = retryDelayMs(retry, tries, ports.random());
    const until = new Date(ports.clock.now() + delayMs).toISOString();
    emit([{ type: 'stage-queued', stage, reason: { type: 'retry', until, delayMs } }]);
    timers.start(stage, until, () =>
      scope.guarded(() => {
        if (stageOf(stage).status === 'queued') emit([{ type: 'stage-released', stage }]);
      }),
    );
  }

  return {
    start(action) {
      const trying = tryStage(action);
      underWay.add(trying);
      void trying.then(() => underWay.delete(trying));
    },
    cancel: (stage, by) => signals.get(stage)?.cancel(by),
    goOn: (stage) => pauses.go(stage),
    cancelAll(by) {
      for (const signal of signals.values()) signal.cancel(by);
    },
    endAsked() {
      for (const [stage, signal] of signals) if (stageOf(stage).cancelRequested) signal.cancel('fail-fast');
    },
    async ended() {
      await Promise.all(underWay);
    },
  };
}

/** An attempt that its host's end has ended says nothing about the stage. */
const diedWithHost = ({ outcome }: AttemptState): boolean =>
  outcome?.type === 'infra-error' && outcome.error.code === 'host-died';
