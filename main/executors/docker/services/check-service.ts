import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import type { Clock } from '#main/engine/ports.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import type { PlannedHealth } from '#shared/pipeline/plan-place.ts';
import { awaitHealth, type HealthTry, pause } from '../../services/await-health.ts';
import { isConflict } from '../docker-error.ts';
import { copyOutput } from './service-output.ts';

const NO_LOG = { write: () => undefined, close: () => Promise.resolve() };
const POLL_MS = 200;

/**
 * Waits until a started container is ready: by the check that the file gives, else by that of its image; one without any
 * is ready when it has started.
 * @param env what the check gets beside the container's own variables
 * @returns how that ended. Rejects with the signal's reason when it aborts.
 */
export async function checkService(
  container: Docker.Container,
  health: PlannedHealth | null,
  env: readonly string[],
  clock: Clock,
  signal: AbortSignal,
): Promise<HealthTry> {
  if (health === null) return checkByImage(container, clock, signal);
  const attempt = async (): Promise<HealthTry> => {
    const result = await tryOnce(container, health, env, clock, signal);
    if (result.isHealthy) return result;
    const { State: state } = await container.inspect();
    return { ...result, hasEnded: !state.Running };
  };
  return awaitHealth(health, clock, attempt, signal);
}

async function tryOnce(
  container: Docker.Container,
  { command, timeoutMs }: PlannedHealth,
  env: readonly string[],
  clock: Clock,
  signal: AbortSignal,
): Promise<HealthTry> {
  try {
    const exec = await container.exec({
      Cmd: ['sh', '-c', command],
      Env: [...env],
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream = await exec.start({ hijack: true, stdin: false });
    const output = copyOutput(stream, NO_LOG);
    const isInTime = await endsWithin(stream, output.ended, timeoutMs, clock, signal);
    if (!isInTime)
      return { isHealthy: false, said: `no answer within ${formatDuration(timeoutMs)}`, hasEnded: false };
    const { ExitCode: exitCode } = await exec.inspect();
    return { isHealthy: exitCode === 0, said: output.tail.lines(1)[0] ?? null, hasEnded: false };
  } catch (error) {
    // Its state says the rest; some daemons answer with an internal error of theirs.
    if (isConflict(error) || !(await mayRun(container)))
      return { isHealthy: false, said: null, hasEnded: false };
    throw error;
  }
}

/** Without an answer it may: then what was asked first says more. */
async function mayRun(container: Docker.Container): Promise<boolean> {
  try {
    return (await container.inspect()).State.Running;
  } catch {
    return true;
  }
}

async function endsWithin(
  stream: Duplex,
  ended: Promise<void>,
  timeoutMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  let isInTime = true;
  const giveUp = (): void => {
    isInTime = false;
    stream.destroy();
  };
  const stop = clock.after(timeoutMs, giveUp);
  signal.addEventListener('abort', giveUp, { once: true });
  await ended;
  stop();
  signal.removeEventListener('abort', giveUp);
  return isInTime;
}

async function checkByImage(
  container: Docker.Container,
  clock: Clock,
  signal: AbortSignal,
): Promise<HealthTry> {
  for (;;) {
    signal.throwIfAborted();
    const { State: state } = await container.inspect();
    const status = state.Health?.Status ?? 'none';
    const said = state.Health?.Log.at(-1)?.Output.trim().split('\n').at(-1) ?? null;
    if (!state.Running || status === 'unhealthy') return { isHealthy: false, said, hasEnded: !state.Running };
    if (status !== 'starting') return { isHealthy: true, said, hasEnded: false };
    await pause(clock, POLL_MS, signal);
  }
}
