import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');

/** A host that serves the window, with a data folder of its own. */
export interface Served {
  /** With its token. */
  readonly url: string;
  /** A folder of this test alone, for projects. */
  readonly dir: string;
  /** Kills the host as a power cut would and starts one on the same data folder; answers with its address. */
  restart(): Promise<string>;
  /** Ends the host as a stop by hand does, and removes its folders. */
  close(): Promise<void>;
}

export async function startServed(): Promise<Served> {
  const root = await mkdtemp(path.join(tmpdir(), 'pipewright-browser-'));
  let child = spawnHost(root);
  const close = async (): Promise<void> => {
    await stop(child);
    await rm(root, { recursive: true, force: true });
  };
  try {
    return {
      url: await readUrl(child),
      dir: root,
      restart: async () => {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
        child = spawnHost(root);
        return readUrl(child);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function spawnHost(root: string): ChildProcess {
  return spawn(
    process.execPath,
    [CLI, '--data', path.join(root, 'data'), '--format', 'ndjson', 'serve', '--port', '0'],
    // A home of its own: the folder chooser begins there.
    { stdio: ['ignore', 'pipe', 'pipe'], cwd: root, env: { ...process.env, HOME: root } },
  );
}

async function readUrl(child: ChildProcess): Promise<string> {
  const errors: string[] = [];
  child.stderr!.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  for await (const line of createInterface({ input: child.stdout! })) {
    const { url } = JSON.parse(line) as { url?: string };
    if (url !== undefined) return url;
  }
  throw new Error(`pipewright serve ended without an address: ${errors.join('')}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
