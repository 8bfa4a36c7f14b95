import type Docker from 'dockerode';
import { type ContainerProcess, runProcess } from './container-process.ts';
import { KILL_SCRIPT, TERM_SCRIPT } from './container-scripts.ts';
import { within } from './within.ts';

export interface StepToEnd {
  readonly process: ContainerProcess;
  /** Settles when the step's output has ended. */
  readonly output: Promise<void>;
  readonly seenIdFile: string;
  readonly graceMs: number;
}

/** Whoever started the processes of a container, its root may end them. */
const ROOT = '0:0';

/**
 * Ends a step and all that it started: asks its process group, waits `graceMs`, then ends by force whatever runs in the
 * container. Where that cannot be said to the container any more, as with no process id left, it is started anew, so that
 * cleanup finds it. Never rejects; when it settles nothing of the step runs, unless the daemon is gone or does not answer.
 */
export async function endStep(
  container: Docker.Container,
  { process, output, seenIdFile, graceMs }: StepToEnd,
): Promise<void> {
  const ended = output.catch(() => undefined);
  void runProcess(container, { args: ['sh', '-c', TERM_SCRIPT, 'sh', seenIdFile], user: ROOT }).catch(
    () => undefined,
  );
  await within(graceMs, ended);
  await within(FORCE_MS, endByForce(container));
  await within(LAST_WORDS_MS, ended);
  process.abandon();
  await ended;
}

/** For what is on its way when everybody is gone. */
const LAST_WORDS_MS = 1_000;
/** For a daemon that does not answer. */
const FORCE_MS = 10_000;

/** Ends whatever runs in a container, which goes on without it. Never rejects. */
export async function endByForce(container: Docker.Container): Promise<void> {
  try {
    const code = await runProcess(container, { args: ['sh', '-c', KILL_SCRIPT], user: ROOT });
    if (code !== 0) await restart(container);
  } catch {
    await restart(container).catch(() => undefined);
  }
}

async function restart(container: Docker.Container): Promise<void> {
  await container.restart({ t: 0 });
}
