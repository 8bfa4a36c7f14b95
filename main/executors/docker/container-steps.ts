import type Docker from 'dockerode';
import type { ExecutionRequest } from '#main/engine/ports.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import { type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';
import type { CommandFolder } from './command-files.ts';
import { explainEnd } from './container-end.ts';
import { type ContainerProcess, startProcess } from './container-process.ts';
import { NOT_TRIED_CODE, STEP_SCRIPT } from './container-scripts.ts';
import { dockerError } from './docker-error.ts';
import { endStep } from './end-step.ts';
import { stepCommand } from './step-command.ts';
import { readStepFacts, type StepFacts } from './step-facts.ts';
import { unlessHung } from './unless-hung.ts';

/** A container in which steps run. */
export interface StepContainer {
  readonly container: Docker.Container;
  /** Its image, for people. */
  readonly image: string;
  readonly commands: CommandFolder;
  /** Where else than in the usual folders the disk may be full, as the container sees it. */
  readonly mountTargets: readonly string[];
  /** Its limits; null: none. */
  readonly memoryBytes: number | null;
  readonly pids: number | null;
  readonly diskBytes: number | null;
  /** Whether it was ended as more was written than `diskBytes`. */
  readonly isOverDisk: () => boolean;
}

/** Runs the steps of an attempt, each as a process group in the same container; see `Executor` for what it keeps to. */
export function createContainerSteps(
  place: StepContainer,
): (request: ExecutionRequest, signal: AbortSignal) => Promise<Outcome> {
  let count = 0;
  return async (request, signal) => {
    const isCancelled = (): boolean => signal.aborted;
    if (isCancelled()) return CANCELLED;
    count += 1;
    const idFile = `step-${count}`;
    const { args, file } = stepCommand(request.command, request.commandPrefix);
    const { commands } = place;
    try {
      if (file !== null) await commands.write(file.name, file.content);
      const graceSeconds = String(Math.ceil(request.graceMs / 1_000));
      const seenIdFile = `${commands.seen}/${idFile}`;
      const places = place.mountTargets.join('\n');
      const starting = startProcess(place.container, {
        args: ['sh', '-c', STEP_SCRIPT, 'sh', seenIdFile, request.cwd, graceSeconds, places, ...args],
        env: Object.entries(request.env).map(([name, value]) => `${name}=${value}`),
      });
      const process = await unlessHung(starting, signal);
      return await settle(place, process, { request, args, idFile }, signal);
    } catch (error) {
      if (isCancelled()) return CANCELLED;
      const ended = await explainEnd(place, null, await factsOf(place, idFile));
      return ended ?? infraError(dockerError(error, 'run the step'));
    } finally {
      // Not left to whoever cleans up after the run: a secret may stand in it.
      if (file !== null) await commands.remove(file.name);
    }
  };
}

interface StartedStep {
  readonly request: ExecutionRequest;
  readonly args: readonly string[];
  readonly idFile: string;
}

async function settle(
  place: StepContainer,
  process: ContainerProcess,
  step: StartedStep,
  signal: AbortSignal,
): Promise<Outcome> {
  const { request, idFile } = step;
  const { graceMs } = request;
  const state: { logFault: unknown; ending: Promise<void> | null } = { logFault: null, ending: null };
  const output = process.copyOutput(guarded(), graceMs);
  const end = (): void => {
    const seenIdFile = `${place.commands.seen}/${idFile}`;
    state.ending ??= endStep(place.container, { process, output, seenIdFile, graceMs });
  };
  // Its end is waited for below; a fault of it is one of the daemon, which the output or the exit code tells, too.
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  try {
    await output;
    if (state.logFault !== null)
      return infraError({ code: 'log-write-failed', message: toAppError(state.logFault).message });
    if (signal.aborted) return CANCELLED;
    return await outcomeOf(place, await unlessHung(process.exitCode(), signal), step);
  } finally {
    signal.removeEventListener('abort', end);
    await state.ending;
  }

  /** A log that takes no more ends the step, and what the step says until then goes nowhere. */
  function guarded(): ExecutionRequest['log'] {
    return {
      close: () => request.log.close(),
      write: (stream, chunk) => {
        if (state.logFault !== null) return undefined;
        const fail = (error: unknown): void => {
          state.logFault = error;
          end();
        };
        try {
          return request.log.write(stream, chunk)?.catch(fail);
        } catch (error) {
          fail(error);
          return undefined;
        }
      },
    };
  }
}

async function outcomeOf(
  place: StepContainer,
  exitCode: number,
  { request, args, idFile }: StartedStep,
): Promise<Outcome> {
  if (exitCode === 0) return SUCCEEDED;
  const facts = await factsOf(place, idFile);
  if (exitCode === NOT_TRIED_CODE && facts.notTried === 'no-folder')
    return spawnFailed(`The working directory ${request.cwd} does not exist in the container`);
  if (exitCode === NOT_TRIED_CODE && facts.notTried === 'missing')
    return spawnFailed(`The image ${place.image} has no ${args[0]}; choose another image or shell`);
  return (
    (await explainEnd(place, exitCode, facts)) ?? { type: 'failed', exitCode, signal: null, message: null }
  );
}

async function factsOf({ commands }: StepContainer, idFile: string): Promise<StepFacts> {
  return readStepFacts(await commands.read(idFile));
}

const CANCELLED: Outcome = { type: 'cancelled', by: 'user' };

function spawnFailed(message: string): Outcome {
  return { type: 'infra-error', error: { code: 'spawn-failed', message } };
}

function infraError({ code, message }: { readonly code: string; readonly message: string }): Outcome {
  return { type: 'infra-error', error: { code, message } };
}
