import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Whether this machine lets a test mount something that nobody else sees (Linux: user and mount namespaces). Where the tests
 * run as root in CI it must, so that these tests are not passed over there.
 */
export function canMount(): boolean {
  if (process.platform !== 'linux') return false;
  if (process.env.CI === 'true' && process.getuid?.() === 0) return true;
  return (
    spawnSync('unshare', ['--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0
  );
}

/** Mounts that only the commands see that are run with `prefix`. */
export interface OwnMounts extends AsyncDisposable {
  /** To be put before a command that is to run in `cwd`. */
  readonly prefix: (cwd: string) => readonly string[];
  /** Exists, and is a mount point inside. */
  readonly dir: string;
  /** Runs a script inside and answers with its stdout. @throws when it fails */
  sh(script: string): string;
}

/** @param mount a script that mounts something at `$0` */
export async function ownMounts(mount: string): Promise<OwnMounts> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-mount-'));
  const keeper = spawn(
    'unshare',
    ['--map-root-user', '--mount', 'sh', '-ec', `${mount}; echo ready; exec cat`, dir],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const end = async (): Promise<void> => {
    await ended(keeper);
    rmSync(dir, { recursive: true, force: true });
  };
  const [ready] = (await Promise.race([once(keeper.stdout, 'data'), once(keeper, 'exit')])) as [unknown];
  if (!Buffer.isBuffer(ready)) {
    await end();
    throw new Error(`Nothing could be mounted at ${dir}`);
  }
  const enter = ['nsenter', '--target', String(keeper.pid), '--user', '--mount', '--preserve-credentials'];
  return {
    // A folder that was entered outside cannot be told inside, so it is entered again.
    prefix: (cwd) => [...enter, 'sh', '-c', 'cd "$0" && exec "$@"', cwd],
    dir,
    sh: (script) =>
      execFileSync(enter[0]!, [...enter.slice(1), 'sh', '-ec', script, dir], { encoding: 'utf8' }),
    [Symbol.asyncDispose]: end,
  };
}

async function ended(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  const gone = once(keeper, 'exit');
  keeper.stdin?.end();
  await gone;
}
