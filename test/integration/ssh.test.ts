import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionRequest, OpenPlace, PlaceRequest } from '#main/engine/ports.ts';
import { createSshPlaces, type SshPlaces } from '#main/executors/ssh/create-ssh-places.ts';
import type { AppError } from '#shared/lib/app-error.ts';
import { createRunId, stageIdOf } from '#shared/lib/ids.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { NO_SERVICES } from '#test/support/no-services.ts';
import { isSshdMissing, startSshd, type TestSshd } from '#test/support/sshd.ts';

const never = new AbortController().signal;

describe.skipIf(isSshdMissing())('a stage on an SSH host', () => {
  let sshd: TestSshd;
  let dir: string;
  let workspace: string;
  let places: SshPlaces;
  let log: Record<'stdout' | 'stderr' | 'system', string>;
  let onWrite: () => void;
  const runId = createRunId(Date.now(), Math.random);

  beforeEach(async () => {
    sshd = await startSshd();
    dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-ssh-'));
    workspace = path.join(dir, 'workspace');
    mkdirSync(workspace);
    log = { stdout: '', stderr: '', system: '' };
    onWrite = () => undefined;
    places = createSshPlaces({
      dataDir: path.join(dir, 'data'),
      env: { ...process.env, PIPEWRIGHT_SSH_CONFIG: sshd.configFile },
      services: NO_SERVICES,
    });
  });

  afterEach(async () => {
    await places.close();
    await sshd[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });

  const sink = {
    write(stream: keyof typeof log, chunk: Buffer) {
      log[stream] += chunk.toString('latin1');
      onWrite();
      return undefined;
    },
    close: () => Promise.resolve(),
  };

  const placeRequest = (): PlaceRequest => ({
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
  });

  const open = (): Promise<OpenPlace> => places.open(placeRequest(), never);

  function run(
    place: OpenPlace,
    script: string,
    options: Partial<ExecutionRequest> = {},
    signal = never,
  ): Promise<Outcome> {
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
  }

  /** Resolves when the step has written this. */
  const until = (text: string): Promise<void> =>
    new Promise((resolve) => {
      onWrite = () => {
        if (log.stdout.includes(text)) resolve();
      };
      onWrite();
    });

  const remoteRun = (): string => path.join(sshd.cacheDir, 'pipewright', runId);

  /** Resolves when no process of that id is left; its end is what the test is about, and it may take a moment to be seen. */
  async function gone(pid: number): Promise<void> {
    while (isAlive(pid)) await new Promise((resolve) => setImmediate(resolve));
  }

  it('runs steps there, with output and exit codes as they are', async () => {
    const place = await open();
    expect(await run(place, 'echo out; echo err >&2')).toEqual({ type: 'succeeded' });
    expect(log).toEqual({ stdout: 'out\n', stderr: 'err\n', system: '' });
    for (const code of [1, 126, 255])
      expect(await run(place, `exit ${code}`)).toMatchObject({ type: 'failed', exitCode: code });
    expect(await run(place, 'false; echo not reached')).toMatchObject({ exitCode: 1 });
    expect(await run(place, 'pwd; cat; [ "$(ps -o pgid= -p $$ | tr -d " ")" = "$$" ]')).toEqual({
      type: 'succeeded',
    });
    expect(log.stdout).toBe(`out\n${place.seenWorkspace}\n`);
  });

  it('brings every byte of much output, in order', async () => {
    const place = await open();
    await run(
      place,
      'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo "line $i"; done; printf "\\036\\377end"',
    );
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index + 1}\n`).join('');
    expect(log.stdout).toBe(`${lines}\u001e\u00ffend`);
  });

  it('gives the environment and the script through its input, where no list of processes shows them', async () => {
    const place = await open();
    const value = `it's "a" $secret\nin two lines \\ ü`;
    const outcome = await run(place, `printf %s "$TOKEN"; : script-secret; ps -A -o args= -ww >&2`, {
      env: { TOKEN: value },
      command: { script: `printf %s "$TOKEN"; : script-secret; ps -A -o args= -ww >&2`, shell: null },
    });
    expect(outcome).toEqual({ type: 'succeeded' });
    expect(Buffer.from(log.stdout, 'latin1').toString()).toBe(value);
    expect(log.stderr).not.toContain('$secret');
    expect(log.stderr).not.toContain('script-secret');
    expect(readdirSync(path.join(remoteRun(), 'steps'))).toEqual([]);
  });

  it('reads what a step wrote to its command files, once', async () => {
    const place = await open();
    await run(place, 'echo version=7 >>"$PIPEWRIGHT_OUTPUT"');
    expect(await place.readCommandFiles(place.seenCommandPrefix)).toEqual({ output: 'version=7\n' });
    await run(place, 'true');
    expect(await place.readCommandFiles(place.seenCommandPrefix)).toEqual({});
  });

  it.each(['rsync', 'tar'])('takes the workspace there and brings back what changed, by %s', async (tool) => {
    if (tool === 'tar') sshd.configure([`SetEnv PATH=${withoutRsync(dir)}`]);
    writeFileSync(path.join(workspace, 'kept.txt'), 'kept');
    writeFileSync(path.join(workspace, 'changed.txt'), 'old');
    writeFileSync(path.join(workspace, 'removed.txt'), 'removed');
    const place = await open();
    const odd = `a  b'$(c)"\n[d].txt`;
    const outcome = await run(
      place,
      'cat changed.txt; echo new >changed.txt; rm removed.txt; mkdir -p "out/deep dir"; printf %s "$ODD" >"out/deep dir/$ODD"; ln -s nowhere link',
      { env: { ODD: odd } },
    );
    expect(outcome).toEqual({ type: 'succeeded' });
    // Another stage works here at the same time.
    writeFileSync(path.join(workspace, 'kept.txt'), 'of another stage');
    writeFileSync(path.join(workspace, 'made.txt'), 'by another stage');
    await place.collect(never);
    expect(readFileSync(path.join(workspace, 'changed.txt'), 'utf8')).toBe('new\n');
    expect(readFileSync(path.join(workspace, 'out/deep dir', odd), 'utf8')).toBe(odd);
    expect(readFileSync(path.join(workspace, 'kept.txt'), 'utf8')).toBe('of another stage');
    expect(readdirSync(workspace).sort()).toEqual(['changed.txt', 'kept.txt', 'link', 'made.txt', 'out']);
    await place.close();

    const next = await open();
    log.stdout = '';
    await run(next, 'cat kept.txt; ls');
    expect(log.stdout).toBe('of another stagechanged.txt\nkept.txt\nlink\nmade.txt\nout\n');
    expect(next.seenWorkspace).toBe(place.seenWorkspace);
  });

  it('ends the whole tree of a step that is cancelled, also what ignores to be asked', async () => {
    const place = await open();
    const abort = new AbortController();
    const ended = run(place, `trap '' TERM; sleep 300 & echo "child $!"; wait; wait`, {}, abort.signal);
    await until('child ');
    const child = Number(/child (\d+)/.exec(log.stdout)?.[1]);
    abort.abort();
    expect(await ended).toEqual({ type: 'cancelled', by: 'user' });
    await gone(child);
    expect(readdirSync(path.join(remoteRun(), 'steps'))).toEqual([]);
  });

  it('goes on with a step where its log was left when the link is cut', async () => {
    const place = await open();
    const go = path.join(dir, 'go');
    const ended = run(place, `echo before; while [ ! -f ${go} ]; do sleep 0.05; done; echo after; exit 3`);
    await until('before');
    sshd.cut();
    writeFileSync(go, '');
    expect(await ended).toMatchObject({ type: 'failed', exitCode: 3 });
    expect(log.stdout).toBe('before\nafter\n');
    expect(log.system).toContain('again');
  });

  it('says so when the command is gone after the link was cut', async () => {
    const place = await open();
    const ended = run(place, 'echo "keeper $(cat "$OLDPWD/keeper" 2>/dev/null) before"; sleep 300');
    await until('before');
    const [step] = readdirSync(path.join(remoteRun(), 'steps'));
    const folder = path.join(remoteRun(), 'steps', step!);
    // As after a restart of the host: other processes, and another boot.
    const pids = ['keeper', 'pid'].map((name) => Number(readFileSync(path.join(folder, name), 'utf8')));
    writeFileSync(path.join(folder, 'boot'), 'another');
    sshd.cut();
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    expect(await ended).toMatchObject({ type: 'infra-error', error: { code: 'ssh-failed' } });
  });

  it('removes everything of the run from the host, a daemon that left its group too', async () => {
    const place = await open();
    await run(place, 'setsid sleep 300 >/dev/null 2>&1 & echo "daemon $!"');
    const daemon = Number(/daemon (\d+)/.exec(log.stdout)?.[1]);
    await place.close();
    await places.release(runId);
    await gone(daemon);
    expect(existsSync(remoteRun())).toBe(false);
    expect(await places.leftovers()).toEqual([]);
  });

  it('ends at the next start what a Pipewright that died has left', async () => {
    const place = await open();
    const ended = run(place, 'echo "pid $$"; sleep 300');
    await until('pid ');
    const pid = Number(/pid (\d+)/.exec(log.stdout)?.[1]);
    const next = createSshPlaces({
      dataDir: path.join(dir, 'data'),
      env: { ...process.env, PIPEWRIGHT_SSH_CONFIG: sshd.configFile },
      services: NO_SERVICES,
    });
    expect(await next.leftovers()).toEqual([runId]);
    await next.endLeftovers([runId], never);
    await gone(pid);
    expect(existsSync(remoteRun())).toBe(false);
    expect(await next.leftovers()).toEqual([]);
    await next.close();
    await ended;
  });

  it('refuses a host whose key has changed, even where the configuration takes any', async () => {
    sshd.changeHostKey();
    await sshd.start();
    sshd.configure(['StrictHostKeyChecking no']);
    const error = await failure(open());
    expect(error.code).toBe('host-key-changed');
    expect(error.message).toContain(sshd.host);
    expect(error.hint).toContain('ssh-keygen -R');
  });

  it('refuses a host whose key nobody has accepted, and says how to', async () => {
    writeFileSync(sshd.knownHostsFile, '');
    const error = await failure(open());
    expect(error).toMatchObject({ code: 'ssh-failed' });
    expect(error.message).toBe('The key of pipewright-test is not in known_hosts.');
    expect(error.hint).toContain('fingerprint');
    expect(readFileSync(sshd.knownHostsFile, 'utf8')).toBe('');
  });

  it('says in the words of ssh why a key is refused or nobody answers', async () => {
    sshd.configure([`IdentityFile ${path.join(path.dirname(sshd.configFile), 'other_key')}`]);
    writeFileSync(path.join(path.dirname(sshd.configFile), 'authorized_keys'), '');
    const refused = await failure(open());
    expect(refused.code).toBe('ssh-failed');
    expect(refused.message).toContain('Permission denied (publickey)');
    await sshd.stop();
    expect((await failure(open())).message).toContain('Connection refused');
  });
});

async function failure(promise: Promise<unknown>): Promise<AppError> {
  return promise.then(
    () => {
      throw new Error('It did not fail');
    },
    (error: unknown) => error as AppError,
  );
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

/** A folder of the commands of this machine without rsync. */
function withoutRsync(dir: string): string {
  const bin = path.join(dir, 'bin');
  mkdirSync(bin);
  const commands = ['sh', 'head', 'dd', 'cat', 'find', 'tar', 'mkdir', 'rm', 'mv', 'tail', 'wc', 'ps', 'awk'];
  for (const name of [...commands, 'sleep', 'setsid', 'tr', 'env', 'grep', 'ls', 'ln', 'true']) {
    const target = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    if (target.startsWith('/')) execFileSync('ln', ['-s', target, path.join(bin, name)]);
  }
  return bin;
}
