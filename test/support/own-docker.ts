import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Whether a daemon of the test's own can be started here: it takes root on Linux, and `dockerd`. On CI as root that must be so.
 */
export function isOwnDockerMissing(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return true;
  if (process.env['CI'] !== undefined) return false;
  return spawnSync('dockerd', ['--version'], { stdio: 'ignore' }).status !== 0;
}

/** A daemon beside that of the machine: nobody else uses it, and its network is in a namespace of its own. */
export interface OwnDocker extends AsyncDisposable {
  /** For DOCKER_HOST. */
  readonly host: string;
  /** Runs Docker's command line and answers with what it prints. @throws when it fails */
  docker(...words: readonly string[]): string;
  /** Containers, networks and volumes that carry the label of a run. */
  leftovers(): string[];
  /** Answers when it settles; what it had before is there again. */
  start(): Promise<void>;
  /** It is gone when it settles; containers may run on, as after a crash. */
  kill(): Promise<void>;
}

const STARTS_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 200;

/** Starts one, with images of the machine's daemon. */
export async function startOwnDocker(images: readonly string[]): Promise<OwnDocker> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-dockerd-'));
  const host = `unix://${dir}/docker.sock`;
  let daemon: ChildProcess | null = null;

  const docker = (...words: readonly string[]): string =>
    execFileSync('docker', ['--host', host, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const list = (...words: readonly string[]): string[] =>
    docker(...words)
      .split('\n')
      .filter(Boolean);
  const own: OwnDocker = {
    host,
    docker,
    leftovers: () =>
      [
        ['ps', '-aq'],
        ['network', 'ls', '-q'],
        ['volume', 'ls', '-q'],
      ].flatMap((words) => list(...words, '--filter', 'label=pipewright.run')),
    async start() {
      const log = openSync(path.join(dir, 'log'), 'a');
      // Without a namespace of its own it would take the bridge of the machine's daemon.
      const script = 'ip link set lo up && exec dockerd "$@"';
      const flags = ['data-root', 'exec-root', 'pidfile'].map((name) => `--${name}=${path.join(dir, name)}`);
      const words = ['--net', 'sh', '-c', script, 'sh', ...flags, '--host', host, '--iptables=false'];
      const child = spawn('unshare', words, { stdio: ['ignore', log, log] });
      closeSync(log);
      daemon = child;
      const giveUpAt = performance.now() + STARTS_WITHIN_MS;
      while (spawnSync('docker', ['--host', host, 'info'], { stdio: 'ignore' }).status !== 0) {
        if (child.exitCode !== null || performance.now() > giveUpAt)
          throw new Error(`dockerd did not start:\n${readFileSync(path.join(dir, 'log'), 'utf8')}`);
        await delay(LOOK_EVERY_MS);
      }
    },
    async kill() {
      await end('SIGKILL');
      // The daemon's own would be ended by the kernel, and its file mislead the next one.
      const pidFile = path.join(dir, 'exec-root/containerd/containerd.pid');
      killIfThere(Number(readFileSync(pidFile, 'utf8')));
      rmSync(pidFile, { force: true });
    },
    [Symbol.asyncDispose]: remove,
  };

  async function remove(): Promise<void> {
    try {
      if (daemon === null) await own.start();
      for (const id of list('ps', '-aq')) docker('rm', '--force', '--volumes', id);
    } finally {
      await end('SIGTERM');
      // A start that failed may have left one, and with it the watchers of containers.
      for (const pid of processesShowing(dir)) killIfThere(pid);
      const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
      const inside = mounts.map((line) => line.split(' ')[1] ?? '').filter((at) => at.startsWith(`${dir}/`));
      for (const at of inside.reverse()) spawnSync('umount', ['--lazy', at]);
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = daemon;
    daemon = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  try {
    await own.start();
    const script = 'docker save "$@" | docker --host "$0" load';
    execFileSync('sh', ['-c', script, host, ...images], { stdio: ['ignore', 'pipe', 'pipe'] });
    return own;
  } catch (error) {
    await remove().catch(() => undefined);
    throw error;
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Pids whose arguments name the folder. */
function processesShowing(folder: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && argumentsOf(pid).includes(folder));
}

function argumentsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It ended between the listing and the look.
    return '';
  }
}
