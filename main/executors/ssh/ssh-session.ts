import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** One `ssh` process. */
export interface SshSession {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Settles once, when it has ended and all of its output was read: its exit code (255: no connection) and ssh's own words. */
  readonly ended: Promise<{ readonly code: number | null; readonly words: string }>;
}

/**
 * Starts `ssh`. Its own messages go into a file beside the control socket, so that its standard error is the remote one's.
 * @param folder private; absolute
 */
export function startSsh(file: string, args: readonly string[], folder: string): SshSession {
  const wordsFile = path.join(folder, `${randomBytes(4).toString('hex')}.log`);
  const child = spawn(file, ['-E', wordsFile, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // A signal of the terminal is for Pipewright, which then ends what runs there in order.
    detached: process.platform !== 'win32',
  });
  // Who writes to one that has ended learns of it by its end.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<{ code: number | null; words: string }>((resolve) => {
    child.once('error', (error) => {
      resolve({ code: 255, words: `${file} could not be started: ${error.message}` });
    });
    child.once('close', (code) => {
      void takeWords(wordsFile).then((words) => resolve({ code, words }));
    });
  });
  return { child, ended };
}

/** Ends one with what it has started to get to the host, such as the command of `ProxyCommand`, which outlives it otherwise. */
export function killSsh({ child }: SshSession): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill();
    else process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It is gone.
  }
}

async function takeWords(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    // It had nothing to say.
    return '';
  } finally {
    await rm(file, { force: true });
  }
}
