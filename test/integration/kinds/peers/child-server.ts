import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A server of a test in a process of its own. */
export interface ChildServer extends AsyncDisposable {
  /** What it has written so far, both streams. */
  output(): string;
}

/** Starts it and waits for what `isReady` finds in its output. @returns also what was found */
export async function startChild(
  [file, ...args]: readonly [string, ...string[]],
  isReady: RegExp,
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly server: ChildServer; readonly found: RegExpExecArray }> {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const found = await new Promise<RegExpExecArray>((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      output += chunk.toString();
      const match = isReady.exec(output);
      if (match !== null) resolve(match);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${file} ended: ${output}`)));
  });
  return {
    found,
    server: { output: () => output, [Symbol.asyncDispose]: () => end(child) },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
