import type Docker from 'dockerode';
import type { LogSink } from '#main/engine/ports.ts';
import { type ContainerCommand, startProcess } from '../container-process.ts';

/** What a command of Pipewright's own printed. */
export interface Captured {
  readonly exitCode: number;
  readonly stdout: Buffer;
}

/**
 * Runs a command in a container to its end and keeps what it prints.
 * @throws whatever the daemon does. Rejects with the signal's reason when it aborts; the command may go on for a moment then.
 */
export async function captureProcess(
  container: Docker.Container,
  command: ContainerCommand,
  signal: AbortSignal,
): Promise<Captured> {
  signal.throwIfAborted();
  const process = await startProcess(container, command);
  const chunks: Buffer[] = [];
  const log: LogSink = {
    write(stream, chunk) {
      // What came may be a view of a buffer that is used again.
      if (stream === 'stdout') chunks.push(Buffer.from(chunk));
      return undefined;
    },
    close: () => Promise.resolve(),
  };
  const onAbort = (): void => process.abandon();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal.aborted) onAbort();
    await process.copyOutput(log, SILENCE_MS);
    signal.throwIfAborted();
    return { exitCode: await process.exitCode(), stdout: Buffer.concat(chunks) };
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

const SILENCE_MS = 30_000;
