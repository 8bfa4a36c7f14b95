import type { ShellSession } from '#main/engine/shell-place.ts';
import type { ShellOutput } from '#shared/api/procedures/shell.ts';

/** Characters that may be on their way to a reader before the shell waits, and at which it goes on. */
const HIGH_WATER = 256 * 1024;
const LOW_WATER = 32 * 1024;

/** Of what was read already, so much is kept for a reader that comes back. */
const KEPT = 128 * 1024;

/** A shell's output for one reader at a time, which says how much of it is done with. */
export interface SessionOutput {
  /** What an earlier reader had last, all output since then in order, then the end. Ends without one when `signal` aborts. */
  read(signal: AbortSignal | undefined): AsyncGenerator<ShellOutput, void, undefined>;
  /** So many characters were shown. */
  acknowledge(characters: number): void;
}

/** Makes a shell wait when its output is not taken: what is not acknowledged stays below a limit, whatever runs in it. */
export function createSessionOutput(session: ShellSession): SessionOutput {
  let text = '';
  let kept = '';
  let end: ShellOutput | null = null;
  let open = 0;
  let isPaused = false;
  let wake: () => void = () => undefined;

  session.onData((chunk) => {
    text += chunk;
    open += chunk.length;
    if (!isPaused && open > HIGH_WATER) {
      isPaused = true;
      session.pause();
    }
    wake();
  });
  void session.ended.then((ended) => {
    end = { type: 'ended', ...ended };
    wake();
  });

  function settle(left: number): void {
    open = left;
    if (!isPaused || open > LOW_WATER) return;
    isPaused = false;
    session.resume();
  }

  return {
    async *read(signal) {
      const onAbort = (): void => wake();
      signal?.addEventListener('abort', onAbort);
      try {
        // What the reader before this one has not acknowledged, nobody will.
        settle(kept.length + text.length);
        if (kept !== '') yield { type: 'data', text: kept, isReplay: true };
        while (signal?.aborted !== true) {
          if (text !== '') {
            const next = text;
            text = '';
            kept = (kept + next).slice(-KEPT);
            yield { type: 'data', text: next };
          } else if (end !== null) {
            yield end;
            return;
          } else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    acknowledge: (characters) => settle(Math.max(0, open - characters)),
  };
}
