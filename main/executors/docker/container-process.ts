import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { LogSink } from '#main/engine/ports.ts';
import { createDemux } from './demux.ts';

/** A process to start in a container that runs. */
export interface ContainerCommand {
  readonly args: readonly string[];
  /** `NAME=value`. Kept by the daemon in memory while the process runs, and shown to nobody but its root. */
  readonly env?: readonly string[];
  /** Null: the container's. */
  readonly user?: string | null;
}

/** A process that was started. */
export interface ContainerProcess {
  /**
   * Copies the output until its end, no faster than the log takes it. Someone outside of the process' group may hold it
   * open for ever, so after `silenceMs` without a byte it ends with the process. Rejects when the log or the daemon fails.
   */
  copyOutput(log: LogSink, silenceMs: number): Promise<void>;
  /** After the output has ended. @throws whatever the daemon does, which may be gone */
  exitCode(): Promise<number>;
  /** Lets go of the output without waiting for its end: `copyOutput` resolves. */
  abandon(): void;
}

export async function startProcess(
  container: Docker.Container,
  { args, env = [], user = null }: ContainerCommand,
): Promise<ContainerProcess> {
  const exec = await container.exec({
    AttachStdin: false,
    AttachStdout: true,
    AttachStderr: true,
    Cmd: [...args],
    Env: [...env],
    ...(user === null ? {} : { User: user }),
  });
  const stream = await exec.start({ Detach: false, Tty: false });
  let isAbandoned = false;
  const abandon = (): void => {
    isAbandoned = true;
    stream.destroy();
  };
  return {
    async copyOutput(log, silenceMs) {
      const demux = createDemux();
      let hasSpoken = true;
      const watch = setInterval(() => {
        if (!hasSpoken) void isOver(exec).then((over) => (over ? abandon() : undefined));
        hasSpoken = false;
      }, silenceMs);
      try {
        for await (const chunk of stream) {
          hasSpoken = true;
          for (const piece of demux(chunk as Buffer)) await log.write(piece.stream, piece.bytes);
        }
      } catch (error) {
        if (!isAbandoned) throw error;
      } finally {
        clearInterval(watch);
      }
    },
    exitCode: () => exitCodeOf(exec),
    abandon,
  };
}

/** Runs a command of Pipewright's own to its end; what it prints is of no interest. */
export async function runProcess(container: Docker.Container, command: ContainerCommand): Promise<number> {
  const process = await startProcess(container, command);
  await process.copyOutput(NOWHERE, SILENCE_MS);
  return process.exitCode();
}

const SILENCE_MS = 5_000;
const NOWHERE: LogSink = { write: () => undefined, close: () => Promise.resolve() };

/** False, too, while the daemon does not answer: its stream breaks then. */
async function isOver(exec: Docker.Exec): Promise<boolean> {
  try {
    return !(await exec.inspect()).Running;
  } catch {
    return false;
  }
}

/** The daemon closes the output a little before it has noted the end. */
async function exitCodeOf(exec: Docker.Exec): Promise<number> {
  for (let waitMs = 5; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    const { Running, ExitCode } = await exec.inspect();
    if (!Running && ExitCode !== null) return ExitCode;
    await delay(waitMs);
  }
}

const LONGEST_WAIT_MS = 200;
