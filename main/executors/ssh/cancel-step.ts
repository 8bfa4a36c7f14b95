import type { RemoteHost } from './remote-host.ts';
import type { SshSession } from './ssh-session.ts';
import { cancelScript } from './step-scripts.ts';

/** Ends the step when its signal aborts. */
export interface Cancelling {
  /** Called for each connection to the step: the last one is ended when the host does not answer any more. */
  attach(session: SshSession): SshSession;
  readonly started: () => void;
  /** Aborts when the host did not do as it was asked: then only the connection is ended. */
  readonly givesUp: AbortSignal;
  settled(): Promise<void>;
}

/** What a host has to end a step, over what the step itself is given. */
const ANSWER_MS = 15_000;

/**
 * @param folder of the step, on the host
 * @param graceMs asked when it is ended
 */
export function createCancelling(
  host: RemoteHost,
  folder: string,
  graceMs: () => number,
  signal: AbortSignal,
): Cancelling {
  const givesUp = new AbortController();
  let session: SshSession | null = null;
  let hasStarted = false;
  let work: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function ask(): void {
    if (!signal.aborted || !hasStarted) return;
    work = host
      .connect(givesUp.signal)
      .then(() => host.run(cancelScript(folder, graceMs()), givesUp.signal))
      .then(
        () => undefined,
        // The connection is lost as well: the step is asked again once it is back.
        () => undefined,
      );
  }

  function onAbort(): void {
    timer = setTimeout(() => {
      givesUp.abort();
      session?.child.kill();
    }, graceMs() + ANSWER_MS);
    ask();
  }
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();

  return {
    givesUp: givesUp.signal,
    attach(next) {
      session = next;
      return next;
    },
    started() {
      hasStarted = true;
      ask();
    },
    async settled() {
      signal.removeEventListener('abort', onAbort);
      clearTimeout(timer);
      await work;
    },
  };
}
