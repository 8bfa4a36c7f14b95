import { rm } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { ExecutionRequest, Executor, LogSink } from '#main/engine/ports.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import { type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';
import { takeCommandFiles } from './command-files.ts';
import { endMarkedProcesses } from './leftover-processes.ts';
import { createStepLimits, type StepLimits } from './limits/step-limits.ts';
import { endGroup, signalGroup } from './process-group.ts';
import { pipeOutput } from './pipe-output.ts';
import { type ShellCommand, shellCommand } from './shell-command.ts';
import { createUsageSampler, type UsageSampler, type UsageWatch } from './usage/usage-sampler.ts';
import type { Watchdog } from './watchdog.ts';

/** What goes along with each process. */
interface Companions {
  readonly watchdog: Watchdog;
  readonly sampler: UsageSampler;
  /** Null: it may use what it wants. */
  readonly limits: StepLimits | null;
}

/**
 * Runs steps as child processes, each the leader of a process group of its own.
 * Node's own spawn, not execa: with it a stage costs 0.4 ms more than the bare spawn's 1.1 ms (docs/adr/0003).
 */
export function createProcessExecutor({ watchdog }: { readonly watchdog: Watchdog }): Executor {
  const sampler = createUsageSampler();
  const stepLimits = createStepLimits();
  /** Logs that have been told what cannot be limited here: once is enough for all steps of an attempt. */
  const told = new WeakSet<LogSink>();

  async function open(request: ExecutionRequest): Promise<StepLimits | null> {
    const { limits: wanted = null, log } = request;
    if (wanted === null) return null;
    const limits = stepLimits.open(wanted);
    if (!told.has(log)) {
      told.add(log);
      try {
        for (const note of limits.notes) await log.write('system', Buffer.from(`Pipewright: ${note}\n`));
      } catch {
        // A log that cannot be written ends the step with its first output, which says so.
      }
    }
    return limits;
  }

  return {
    name: 'process',
    async execute(request, signal) {
      const command = await shellCommand(request.command, request.commandPrefix);
      const limits = await open(request);
      const inLimits = limits?.wrap(command) ?? command;
      const outcome = await runProcess(inLimits, request, signal, { watchdog, sampler, limits });
      await limits?.close();
      // Not left to whoever cleans up after the run: a secret may stand in it.
      if (command.scriptFile !== undefined) await rm(command.scriptFile, { force: true });
      return outcome;
    },
    readCommandFiles: takeCommandFiles,
    release: (runId) => {
      endMarkedProcesses(runId);
      return Promise.resolve();
    },
  };
}

function runProcess(
  command: ShellCommand,
  request: ExecutionRequest,
  signal: AbortSignal,
  { watchdog, sampler, limits }: Companions,
): Promise<Outcome> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ type: 'cancelled', by: 'user' });
      return;
    }
    const child = spawn(command.file, command.args, {
      cwd: request.cwd,
      env: request.env,
      // A group of its own on Unix; on Windows it would open a console window instead.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const { pid } = child;
    if (pid === undefined) {
      child.once('error', (error) => resolve(spawnFailed(command, request, error)));
      return;
    }
    watchdog.add(pid);
    request.onProcess(pid, 'started');
    const watch = watchUsage(pid, request, sampler, limits);
    let logFault: unknown = null;
    const fail = (error: unknown): void => {
      logFault ??= error;
      void endGroup(pid, request.graceMs);
    };
    const stdout = pipeOutput(child.stdout, 'stdout', request.log, fail);
    const stderr = pipeOutput(child.stderr, 'stderr', request.log, fail);
    const onAbort = (): void => void endGroup(pid, request.graceMs);
    signal.addEventListener('abort', onAbort, { once: true });

    child.once('exit', (exitCode, exitSignal) => {
      const usage = watch?.stop() ?? null;
      void (async () => {
        // What the script left in its group ends with it; usually nobody is there and this costs one system call.
        if (signalGroup(pid, 0)) await endGroup(pid, request.graceMs);
        await Promise.all([stdout.ended(request.graceMs), stderr.ended(request.graceMs)]);
        signal.removeEventListener('abort', onAbort);
        watchdog.remove(pid);
        request.onProcess(pid, 'gone');
        if (usage !== null) request.onUsage?.(limits?.exact(usage) ?? usage);
        if (logFault !== null) resolve(infraError('log-write-failed', toAppError(logFault).message));
        else if (signal.aborted) resolve({ type: 'cancelled', by: 'user' });
        else resolve(outcomeOf(exitCode, exitSignal, limits));
      })();
    });
  });
}

/** Null when nobody wants to know. */
function watchUsage(
  pid: number,
  { onUsage }: ExecutionRequest,
  sampler: UsageSampler,
  limits: StepLimits | null,
): UsageWatch | null {
  if (onUsage === undefined && limits === null) return null;
  return sampler.watch(pid, {
    pressureOf: limits?.pressureOf ?? null,
    onLook(look) {
      // Without a grace: what it does in that time may take the whole machine along.
      if (limits?.isOver(look)) signalGroup(pid, 'SIGKILL');
      onUsage?.(look.usage);
    },
  });
}

function outcomeOf(
  exitCode: number | null,
  signal: NodeJS.Signals | null,
  limits: StepLimits | null,
): Outcome {
  const outcome: Outcome = exitCode === 0 ? SUCCEEDED : { type: 'failed', exitCode, signal, message: null };
  return limits?.outcomeOf({ exitCode, signal }, outcome) ?? outcome;
}

function spawnFailed(
  command: ShellCommand,
  request: ExecutionRequest,
  error: NodeJS.ErrnoException,
): Outcome {
  if (!existsSync(request.cwd)) {
    return infraError('spawn-failed', `The working directory ${request.cwd} does not exist`);
  }
  const missing = error.code === 'ENOENT';
  return infraError(
    'spawn-failed',
    missing
      ? `${command.file} was not found; install it or choose another shell`
      : `Could not start ${command.file}: ${error.message}`,
  );
}

function infraError(code: string, message: string): Outcome {
  return { type: 'infra-error', error: { code, message } };
}
