import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const cli = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');

export interface Served {
  /** With the token in it. */
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends it and waits for that. */
  close(): Promise<void>;
}

/** Starts `pipewright serve` of the build on a free port. */
export async function serve(dataDir: string): Promise<Served> {
  const child = spawn(process.execPath, [cli, '--data', dataDir, 'serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url === undefined) continue;
    child.stdout.resume();
    return {
      url,
      process: child,
      async close() {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error(`pipewright serve ended before it was ready: ${errors}`);
}
