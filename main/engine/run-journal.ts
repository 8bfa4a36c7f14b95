import { type AppError, toAppError } from '#shared/lib/app-error.ts';
import type { RunEvent, RunEventBody } from '#shared/run/events.ts';
import { reduceRun } from '#shared/run/reduce-run.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type { EnginePorts } from './engine.ts';

/** The one way in which a run changes. */
export interface RunJournal {
  /** With everything that was emitted, also what is not stored yet. */
  state(): RunState;
  emit(bodies: readonly RunEventBody[]): void;
  /**
   * What happens in one go is stored in one transaction: folded at once, so that `decide` sees it, then stored, then
   * published, and only then is anything started because of it. May be nested; the outermost stores.
   */
  transact(work: () => void): void;
  /** Called once the events of the present transaction are stored and published, in order. */
  afterStoring(start: () => void): void;
}

/**
 * @param initial after `run-created`, or of an interrupted run
 * @param onFault called once, when the store refuses events; from then on every change throws, since a log must have no gap
 */
export function createRunJournal(
  ports: Pick<EnginePorts, 'clock' | 'events'>,
  initial: RunState,
  publish: (events: readonly RunEvent[]) => void,
  onFault: (error: AppError) => void,
): RunJournal {
  const { runId } = initial;
  let state = initial;
  let unstored: RunEvent[] = [];
  let starts: (() => void)[] = [];
  let depth = 0;
  let fault: AppError | null = null;

  function store(): void {
    const events = unstored;
    const next = starts;
    unstored = [];
    starts = [];
    if (events.length > 0) {
      append(events);
      publish(events);
    }
    for (const start of next) start();
  }

  function append(events: readonly RunEvent[]): void {
    try {
      ports.events.append(runId, events);
    } catch (error) {
      fault = toAppError(error);
      onFault(fault);
      throw fault;
    }
  }

  function transact(work: () => void): void {
    if (fault !== null) throw fault;
    depth += 1;
    try {
      work();
    } finally {
      depth -= 1;
      if (depth === 0) store();
    }
  }

  return {
    state: () => state,
    transact,
    afterStoring: (start) => starts.push(start),
    emit(bodies) {
      if (bodies.length === 0) return;
      transact(() => {
        const at = new Date(ports.clock.now()).toISOString();
        for (const body of bodies) {
          const event: RunEvent = { ...body, runId, seq: state.seq + 1, at };
          state = reduceRun(state, event);
          unstored.push(event);
        }
      });
    },
  };
}
