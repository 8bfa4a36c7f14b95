import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** A real sshd on loopback, with keys, configuration and cache folder of its own. */
export interface TestSshd extends AsyncDisposable {
  /** The name under which `configFile` knows it. */
  readonly host: string;
  /** For `PIPEWRIGHT_SSH_CONFIG`. */
  readonly configFile: string;
  readonly knownHostsFile: string;
  /** What is `~/.cache` for those who log in. */
  readonly cacheDir: string;
  readonly port: number;
  /** What Pipewright has below the cache folder there. */
  leftovers(): readonly string[];
  /** Writes a client configuration; each line over those that all have. */
  configure(lines?: readonly string[]): void;
  /** Makes another host key; the server shows it after `restart`. */
  changeHostKey(): void;
  /** Ends the processes that serve the connections of now; what runs in them stays. */
  cut(): void;
  /** Ends the server; connections stay. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

const SSHD = '/usr/sbin/sshd';

/** On CI a missing one is a failure; elsewhere the tests that need it are skipped. */
export const isSshdMissing = (): boolean => !existsSync(SSHD) && process.env['CI'] === undefined;

export interface TestSshdOptions {
  /** The command that starts the server, put into whatever it is to run in; it becomes that process. */
  readonly wrap?: (command: readonly string[], cacheDir: string) => readonly string[];
  /** Where it listens; a free port is looked for on this machine. */
  readonly address?: string;
}

/** @param settings lines of its configuration, over those that all have */
export async function startSshd(
  settings: readonly string[] = [],
  { wrap = (command) => command, address = '127.0.0.1' }: TestSshdOptions = {},
): Promise<TestSshd> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-sshd-'));
  const file = (name: string): string => path.join(dir, name);
  const cacheDir = file('cache');
  mkdirSync(cacheDir);
  const port = await freePort();
  makeKey(file('host_key'));
  makeKey(file('user_key'));
  makeKey(file('other_key'));
  writeFileSync(file('authorized_keys'), readFileSync(file('user_key.pub')));
  // Privilege separation wants this folder when the server is root's.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  writeFileSync(
    file('sshd_config'),
    [
      ...settings,
      `Port ${port}`,
      `ListenAddress ${address}`,
      `HostKey ${file('host_key')}`,
      `AuthorizedKeysFile ${file('authorized_keys')}`,
      `PidFile ${file('pid')}`,
      'PermitRootLogin yes',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'StrictModes no',
      'UsePAM no',
      'AcceptEnv PATH',
      'MaxSessions 50',
      'MaxStartups 100',
      `SetEnv XDG_CACHE_HOME=${cacheDir}`,
      '',
    ].join('\n'),
  );
  const known = `[${address}]:${port} ${readFileSync(file('host_key.pub'), 'utf8')}`;
  writeFileSync(file('known_hosts'), known);
  const command = wrap([SSHD, '-D', '-e', '-f', file('sshd_config')], cacheDir);
  let server = await serve(command);

  const sshd: TestSshd = {
    host: 'pipewright-test',
    configFile: file('config'),
    knownHostsFile: file('known_hosts'),
    cacheDir,
    port,
    leftovers() {
      const dir = path.join(cacheDir, 'pipewright');
      return existsSync(dir) ? readdirSync(dir) : [];
    },
    configure(lines = []) {
      writeFileSync(
        file('config'),
        [
          'Host pipewright-test',
          ...lines,
          `HostName ${address}`,
          `Port ${port}`,
          `User ${os.userInfo().username}`,
          `IdentityFile ${file('user_key')}`,
          'IdentitiesOnly yes',
          'IdentityAgent none',
          `UserKnownHostsFile ${file('known_hosts')}`,
          'GlobalKnownHostsFile /dev/null',
          '',
        ].join('\n  '),
      );
    },
    changeHostKey() {
      rmSync(file('host_key'));
      makeKey(file('host_key'));
    },
    cut() {
      for (const pid of childrenOf(server.pid)) kill(pid);
    },
    async stop() {
      if (server.child.exitCode !== null || server.child.signalCode !== null) return;
      const ended = once(server.child, 'close');
      server.child.kill('SIGKILL');
      await ended;
    },
    async start() {
      await sshd.stop();
      server = await serve(command);
    },
    async [Symbol.asyncDispose]() {
      sshd.cut();
      await sshd.stop();
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  sshd.configure();
  return sshd;
}

async function serve([command = SSHD, ...args]: readonly string[]) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Server listening')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`sshd ended: ${said}`)));
  });
  return { child, pid: child.pid! };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself since it was looked for.
  }
}

function makeKey(file: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', file]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function childrenOf(pid: number): number[] {
  try {
    const listed = execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'ppid='], { encoding: 'utf8' });
    return listed
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .filter(([, parent]) => parent === pid)
      .map(([child = 0]) => child);
  } catch {
    // There is no ps here.
    return [];
  }
}
