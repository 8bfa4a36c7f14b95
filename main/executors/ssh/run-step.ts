import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionRequest, LogSink } from '#main/engine/ports.ts';
import { AppError, toAppError } from '#shared/lib/app-error.ts';
import { type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';
import { type Cancelling, createCancelling } from './cancel-step.ts';
import { followStep, type Followed, type StepFault, type Progress } from './follow-step.ts';
import type { RemoteFacts } from './remote-facts.ts';
import type { RemoteHost } from './remote-host.ts';
import { NOT_WRITTEN, programOf } from './remote-text.ts';
import { createRemoteLimits, type RemoteLimits } from './remote-limits.ts';
import { createRemoteUsage } from './remote-usage.ts';
import type { SshSession } from './ssh-session.ts';
import { attachScript, startScript } from './step-scripts.ts';
import { sshFailure } from './ssh-failure.ts';

export interface StepResult {
  readonly outcome: Outcome;
  /** What the step wrote to its command files, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** How long a lost connection is tried anew before the attempt is given up; a host that restarts takes about that. */
const RECONNECT_FOR_MS = 90_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Runs one step on a host. A connection that is lost is made anew, and the log goes on where it was left; a step is never
 * started twice. Never rejects.
 * @param runFolder of the run, on the host
 */
export async function runRemoteStep(
  host: RemoteHost,
  runFolder: string,
  request: ExecutionRequest,
  signal: AbortSignal,
): Promise<StepResult> {
  const folder = `${runFolder}/steps/${randomBytes(6).toString('hex')}`;
  const mark = `pipewright-${randomBytes(16).toString('hex')}`;
  const progress = noProgress();
  const logFault = new AbortController();
  const log = faultless(request.log, logFault);
  const isOver = new AbortController();
  const limits = createRemoteLimits(request.limits ?? null, () => isOver.abort());
  const isToEnd = AbortSignal.any([signal, logFault.signal, isOver.signal]);
  // Without a grace: what a step over its limits does in that time may take the whole host along.
  const graceMs = (): number => (isOver.signal.aborted ? 0 : request.graceMs);
  const cancelling = createCancelling(host, folder, graceMs, isToEnd);
  const usage = createRemoteUsage(request.onUsage, limits);
  const follow = (session: SshSession): Promise<Followed> =>
    followStep(cancelling.attach(session), mark, log, progress, cancelling.started, usage);
  try {
    const facts = await host.connect(signal);
    const step = { ...stepOf(folder, request), isWatched: limits.isWatched };
    let followed = await follow(host.start(startScript(step, facts, mark)));
    const patience = createPatience();
    while (followed.type === 'cut') {
      if (followed.code === NOT_WRITTEN) throw notWritten(host.name);
      const again = await reconnect(host, followed, patience, cancelling);
      if (again === null) break;
      if (progress.hasStarted) await log.write('system', Buffer.from(`Connected to ${host.name} again\n`));
      const before = progress.out + progress.err;
      followed = await follow(host.start(attachScript(step, progress, again, mark)));
      if (progress.out + progress.err > before) patience.renew();
    }
    throwLogFault(logFault.signal, signal);
    return resultOf(host, followed, request, limits, signal);
  } catch (error) {
    if (signal.aborted) return { outcome: CANCELLED, files: {} };
    return { outcome: infraError(toAppError(error, 'log-write-failed')), files: {} };
  } finally {
    await cancelling.settled();
  }
}

const noProgress = (): Progress => ({ out: 0, err: 0, hasStarted: false });

function throwLogFault(fault: AbortSignal, cancelled: AbortSignal): void {
  if (fault.aborted && !cancelled.aborted)
    throw new AppError('log-write-failed', toAppError(fault.reason).message);
}

const CANCELLED: Outcome = { type: 'cancelled', by: 'user' };

function stepOf(folder: string, { command, cwd, env, commandPrefix, graceMs }: ExecutionRequest) {
  return { folder, cwd, env, script: command.script, shell: command.shell, commandPrefix, graceMs };
}

/** A log that takes everything; the first that it could not write aborts `fault` with the reason. */
function faultless(log: LogSink, fault: AbortController): LogSink {
  return {
    write(stream, chunk) {
      if (fault.signal.aborted) return undefined;
      try {
        return log.write(stream, chunk)?.catch((error: unknown) => fault.abort(error));
      } catch (error) {
        fault.abort(error);
        return undefined;
      }
    },
    close: () => log.close(),
  };
}

function resultOf(
  host: RemoteHost,
  followed: Followed,
  request: ExecutionRequest,
  limits: RemoteLimits,
  signal: AbortSignal,
): StepResult {
  const files = followed.type === 'exited' ? followed.files : {};
  if (signal.aborted) return { outcome: CANCELLED, files };
  if (followed.type === 'exited') {
    const { code, fault } = followed;
    const overLimit = limits.outcomeOf({ exitCode: code, signal: null });
    if (overLimit !== null) return { outcome: overLimit, files };
    if (fault !== null) return { outcome: infraError(faultError(fault, host.name, request)), files };
    return {
      outcome: code === 0 ? SUCCEEDED : { type: 'failed', exitCode: code, signal: null, message: null },
      files,
    };
  }
  const error =
    followed.type === 'cut'
      ? sshFailure(host.name, followed.words)
      : new AppError(
          'ssh-failed',
          `The command was gone when ${host.name} could be reached again; it may have restarted.`,
        );
  return { outcome: infraError(error), files };
}

const infraError = ({ code, message }: AppError): Outcome => ({
  type: 'infra-error',
  error: { code, message },
});

const notWritten = (host: string): AppError =>
  new AppError('place-failed', `The step could not be written to ${host}: the disk may be full there.`);

function faultError(fault: StepFault, host: string, { cwd, command }: ExecutionRequest): AppError {
  if (fault === 'disk-full')
    return new AppError(
      'place-failed',
      `The disk of ${host} is full: the step failed there, and its output may not be complete.`,
    );
  const what =
    fault === 'no-folder'
      ? `there is no folder ${cwd}`
      : `there is no ${programOf(command.shell)} on the path of the step`;
  return new AppError('spawn-failed', `The step could not be started on ${host}: ${what}.`);
}

/** Connects anew, with longer and longer pauses; null when it is no use, since the step was to end anyway. */
async function reconnect(
  host: RemoteHost,
  { words }: Extract<Followed, { type: 'cut' }>,
  patience: Patience,
  cancelling: Cancelling,
): Promise<RemoteFacts | null> {
  let last: unknown = sshFailure(host.name, words);
  for (;;) {
    const pauseMs = patience.nextPauseMs();
    if (pauseMs === null) throw last;
    // A pause that is cut short leads to the end just below.
    await delay(pauseMs, undefined, { signal: cancelling.givesUp }).catch(() => undefined);
    if (cancelling.givesUp.aborted) return null;
    try {
      return await host.connect(cancelling.givesUp);
    } catch (error) {
      last = error;
      if (error instanceof AppError && error.code === 'host-key-changed') throw error;
    }
  }
}

/** When a lost connection is tried again. */
interface Patience {
  /** Null: not any more. */
  nextPauseMs(): number | null;
  /** The connection was of use. */
  renew(): void;
}

function createPatience(): Patience {
  let pause = FIRST_PAUSE_MS;
  let since: number | null = null;
  return {
    nextPauseMs() {
      const now = performance.now();
      since ??= now;
      if (now - since > RECONNECT_FOR_MS) return null;
      const next = pause;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      return next;
    },
    renew() {
      pause = FIRST_PAUSE_MS;
      since = null;
    },
  };
}
