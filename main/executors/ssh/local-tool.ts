import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { AppError } from '#shared/lib/app-error.ts';

/** A program of this machine that moves files. */
export interface LocalTool {
  readonly input: Writable;
  readonly output: Readable;
  /** @throws AppError `place-failed` with its own words; with the signal's reason after an abort */
  readonly ended: Promise<void>;
}

/** @param input all that it reads; without it, its input stays open */
export function startTool(
  file: string,
  args: readonly string[],
  signal: AbortSignal,
  input?: Buffer,
): LocalTool {
  const child = spawn(file, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // Without it the tar of macOS packs files of its own beside those that have attributes.
    env: { ...process.env, COPYFILE_DISABLE: '1' },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  });
  // Whoever writes into one that has ended learns of it by its end.
  child.stdin.on('error', () => undefined);
  if (input !== undefined) child.stdin.end(input);
  const onAbort = (): void => void child.kill();
  signal.addEventListener('abort', onAbort, { once: true });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  })
    .catch((error: unknown) => {
      throw new AppError('place-failed', `${file} could not be started.`, { cause: error });
    })
    .then((code) => {
      signal.throwIfAborted();
      if (code !== 0) throw transferFailed(said, `${file} ended with ${code}`);
    })
    .finally(() => signal.removeEventListener('abort', onAbort));
  return { input: child.stdin, output: child.stdout, ended };
}

function transferFailed(said: string, otherwise: string): AppError {
  const lines = said.split('\n').map((line) => line.trim());
  const why = lines.find((line) => /no space left/i.test(line)) ?? lines.find((line) => line !== '');
  return new AppError('place-failed', `The workspace could not be transferred: ${why ?? otherwise}.`);
}
