import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import type { ExecutionRequest, OpenPlace, PlaceRequest } from '#main/engine/ports.ts';
import { createSshPlaces, type SshPlaces } from '#main/executors/ssh/create-ssh-places.ts';
import type { AppError } from '#shared/lib/app-error.ts';
import { createRunId, type RunId, stageIdOf } from '#shared/lib/ids.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { NO_SERVICES } from '#test/support/no-services.ts';
import { startSshd, type TestSshd, type TestSshdOptions } from '#test/support/sshd.ts';

export const never = new AbortController().signal;

type Streams = Record<'stdout' | 'stderr' | 'system', string>;

/** A host, and places on it, with a workspace and a log of their own. Nothing is left of it after `dispose`. */
export interface SshFixture extends AsyncDisposable {
  readonly sshd: TestSshd;
  readonly dir: string;
  readonly workspace: string;
  readonly runId: RunId;
  readonly places: SshPlaces;
  /** All output so far, a character a byte. */
  readonly log: Streams;
  /** As another Pipewright over the same data folder has them; closed by whoever asks. */
  otherPlaces(): SshPlaces;
  open(request?: Partial<PlaceRequest>): Promise<OpenPlace>;
  run(
    place: OpenPlace,
    script: string,
    options?: Partial<ExecutionRequest>,
    signal?: AbortSignal,
  ): Promise<Outcome>;
  /** Resolves when the step has written this. */
  until(text: string): Promise<void>;
  /** The folder of the run on the host. */
  remoteRun(): string;
}

export async function createSshFixture(options: TestSshdOptions = {}): Promise<SshFixture> {
  const sshd = await startSshd([], options);
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-ssh-'));
  const workspace = path.join(dir, 'workspace');
  mkdirSync(workspace);
  const runId = createRunId(Date.now(), Math.random);
  const log: Streams = { stdout: '', stderr: '', system: '' };
  const waiting = new Set<() => void>();
  const sink = {
    write(stream: keyof Streams, chunk: Buffer) {
      log[stream] += chunk.toString('latin1');
      for (const look of waiting) look();
      return undefined;
    },
    close: () => Promise.resolve(),
  };
  const otherPlaces = (): SshPlaces =>
    createSshPlaces({
      dataDir: path.join(dir, 'data'),
      env: { ...process.env, PIPEWRIGHT_SSH_CONFIG: sshd.configFile },
      services: NO_SERVICES,
    });
  const places = otherPlaces();
  const request: PlaceRequest = {
    runId,
    stage: stageIdOf('stage'),
    attempt: 1,
    place: { type: 'ssh', host: sshd.host },
    services: [],
    resources: null,
    workspace,
    commandPrefix: path.join(dir, 'commands', 'stage@1.'),
    log: sink,
    openServiceLog: () => sink,
    holdsSecret: () => false,
    onProcess: () => undefined,
    graceMs: 500,
  };
  return {
    ...{ sshd, dir, workspace, runId, places, log, otherPlaces },
    open: (others) => places.open({ ...request, ...others }, never),
    run(place, script, options = {}, signal = never) {
      const { env, ...others } = options;
      return place.execute(
        {
          runId,
          stage: stageIdOf('stage'),
          attempt: 1,
          command: { script, shell: null },
          cwd: place.seenWorkspace,
          commandPrefix: place.seenCommandPrefix,
          env: {
            ...place.baseEnv,
            PIPEWRIGHT_RUN_ID: runId,
            PIPEWRIGHT_OUTPUT: `${place.seenCommandPrefix}output`,
            ...env,
          },
          log: sink,
          onProcess: () => undefined,
          graceMs: 500,
          ...others,
        },
        signal,
      );
    },
    until: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!log.stdout.includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    remoteRun: () => path.join(sshd.cacheDir, 'pipewright', runId),
    async [Symbol.asyncDispose]() {
      await places.release(runId);
      await places.close();
      await sshd[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export async function failure(promise: Promise<unknown>): Promise<AppError> {
  return promise.then(
    () => {
      throw new Error('It did not fail');
    },
    (error: unknown) => error as AppError,
  );
}

/** Resolves when no process of that id is left; its end is what the test is about, and it may take a moment to be seen. */
export async function gone(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid), { timeout: 30_000 }).toBe(false);
}

/** Processes of this machine that were started with this word among their arguments. */
export function startedWith(word: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(word);
      } catch {
        // It has ended since the folder was read.
        return false;
      }
    });
}

function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    // Nobody has that pid.
    return false;
  }
}

/** A new folder below `dir` with the commands of this machine but rsync. */
export function pathWithoutRsync(dir: string): string {
  const bin = path.join(dir, 'bin');
  mkdirSync(bin);
  const commands = ['sh', 'head', 'dd', 'cat', 'find', 'tar', 'mkdir', 'rm', 'mv', 'tail', 'wc', 'ps', 'awk'];
  for (const name of [
    ...commands,
    'sleep',
    'setsid',
    'xargs',
    'touch',
    'tr',
    'env',
    'grep',
    'ls',
    'ln',
    'true',
  ]) {
    const target = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    if (target.startsWith('/')) execFileSync('ln', ['-s', target, path.join(bin, name)]);
  }
  return bin;
}
