import type { Clock, ExecutionRequest, Executor } from '#main/engine/ports.ts';
import { type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';

/** What a stage does instead of its work. */
export interface DummyStage {
  /** How each attempt ends, the last one for all further attempts; `succeeded` when left out. */
  readonly outcomes?: readonly Outcome[];
  /** How long it takes by the clock; 0 settles in a microtask. */
  readonly delayMs?: number;
  /** Lines for its log, written when it starts. */
  readonly output?: readonly string[];
}

/** By stage id; a stage that is not listed succeeds at once. */
export type DummyScript = Readonly<Record<string, DummyStage>>;

const CANCELLED: Outcome = { type: 'cancelled', by: 'user' };

/** An executor that starts no process: for dry runs, and for tests of all that stands on an executor. */
export function createDummyExecutor(clock: Pick<Clock, 'after'>, script: DummyScript = {}): Executor {
  return {
    name: 'dummy',
    async execute(request, signal) {
      const stage = script[request.stage] ?? {};
      await writeOutput(request, stage.output ?? []);
      const wasAborted = await delay(clock, stage.delayMs ?? 0, signal);
      if (wasAborted) return CANCELLED;
      const outcomes = stage.outcomes ?? [];
      return outcomes[Math.min(request.attempt, outcomes.length) - 1] ?? SUCCEEDED;
    },
    readCommandFiles: () => Promise.resolve({}),
    release: () => Promise.resolve(),
  };
}

async function writeOutput({ log }: ExecutionRequest, lines: readonly string[]): Promise<void> {
  for (const line of lines) await log.write('stdout', Buffer.from(`${line}\n`));
}

/** Resolves with whether the signal came first. */
function delay(clock: Pick<Clock, 'after'>, delayMs: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(true);
  if (delayMs === 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const onAbort = (): void => {
      cancel();
      resolve(true);
    };
    const cancel = clock.after(delayMs, () => {
      signal.removeEventListener('abort', onAbort);
      resolve(false);
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
