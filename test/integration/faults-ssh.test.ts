import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSshdMissing, startSshd } from '#test/support/sshd.ts';
import { createCliFixture } from './cli-fixture.ts';
import { areNamespacesMissing, makeNetwork } from './own-network.ts';
import {
  createSshFixture,
  failure,
  gone,
  never,
  pathWithoutRsync,
  type SshFixture,
  startedWith,
} from './ssh-fixture.ts';

describe.skipIf(isSshdMissing())('a stage on an SSH host (skipped without an OpenSSH server)', () => {
  let fixture: SshFixture;
  beforeEach(async () => {
    fixture = await createSshFixture();
  });
  afterEach(() => fixture[Symbol.asyncDispose]());

  it('ends the whole tree of a step that is cancelled, also what ignores to be asked', async () => {
    const { log } = fixture;
    const place = await fixture.open();
    const abort = new AbortController();
    const ended = fixture.run(
      place,
      `trap '' TERM; sleep 300 & echo "child $!"; wait; wait`,
      {},
      abort.signal,
    );
    await fixture.until('child ');
    const child = Number(/child (\d+)/.exec(log.stdout)?.[1]);
    abort.abort();
    expect(await ended).toEqual({ type: 'cancelled', by: 'user' });
    await gone(child);
    expect(readdirSync(path.join(fixture.remoteRun(), 'steps'))).toEqual([]);
  });

  it('goes on with a step where its log was left when the link is cut', async () => {
    const { sshd, dir, log } = fixture;
    const place = await fixture.open();
    const go = path.join(dir, 'go');
    const ended = fixture.run(
      place,
      `echo before; while [ ! -f ${go} ]; do sleep 0.05; done; echo after; exit 3`,
    );
    await fixture.until('before');
    sshd.cut();
    writeFileSync(go, '');
    expect(await ended).toMatchObject({ type: 'failed', exitCode: 3 });
    expect(log.stdout).toBe('before\nafter\n');
    expect(log.system).toContain('again');
  });

  it('has all output once, however often the link is cut', async () => {
    const { sshd, dir, log } = fixture;
    const place = await fixture.open();
    const go = path.join(dir, 'go');
    const ended = fixture.run(
      place,
      `i=0; while [ $i -lt 2000 ]; do
         i=$((i+1)); echo "line $i"
         if [ $((i % 500)) = 0 ]; then until [ -e ${go}-$i ]; do sleep 0.05; done; fi
       done`,
    );
    for (const line of [500, 1_000, 1_500, 2_000]) {
      await fixture.until(`line ${line}\n`);
      sshd.cut();
      writeFileSync(`${go}-${line}`, '');
    }
    expect(await ended).toEqual({ type: 'succeeded' });
    expect(log.stdout).toBe(Array.from({ length: 2_000 }, (_, index) => `line ${index + 1}\n`).join(''));
  });

  it('says so when the command is gone after the link was cut', async () => {
    const { sshd } = fixture;
    const place = await fixture.open();
    const ended = fixture.run(place, 'echo "keeper $(cat "$OLDPWD/keeper" 2>/dev/null) before"; sleep 300');
    await fixture.until('before');
    const [step] = readdirSync(path.join(fixture.remoteRun(), 'steps'));
    const folder = path.join(fixture.remoteRun(), 'steps', step!);
    // As after a restart of the host: other processes, and another boot.
    const pids = ['keeper', 'pid'].map((name) => Number(readFileSync(path.join(folder, name), 'utf8')));
    writeFileSync(path.join(folder, 'boot'), 'another');
    sshd.cut();
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    expect(await ended).toMatchObject({ type: 'infra-error', error: { code: 'ssh-failed' } });
  });

  it('ends at the next start what a Pipewright that died has left', async () => {
    const { log, runId } = fixture;
    const place = await fixture.open();
    const ended = fixture.run(place, 'echo "pid $$"; sleep 300');
    await fixture.until('pid ');
    const pid = Number(/pid (\d+)/.exec(log.stdout)?.[1]);
    const next = fixture.otherPlaces();
    expect(await next.leftovers()).toEqual([runId]);
    await next.endLeftovers([runId], never);
    await gone(pid);
    expect(existsSync(fixture.remoteRun())).toBe(false);
    expect(await next.leftovers()).toEqual([]);
    await next.close();
    await ended;
  });

  it('refuses a host whose key has changed, even where the configuration takes any', async () => {
    const { sshd } = fixture;
    sshd.changeHostKey();
    await sshd.start();
    sshd.configure(['StrictHostKeyChecking no']);
    const error = await failure(fixture.open());
    expect(error.code).toBe('host-key-changed');
    expect(error.message).toContain(sshd.host);
    expect(error.hint).toContain('ssh-keygen -R');
  });

  it('refuses a host whose key nobody has accepted, and says how to', async () => {
    const { sshd } = fixture;
    writeFileSync(sshd.knownHostsFile, '');
    const error = await failure(fixture.open());
    expect(error).toMatchObject({ code: 'ssh-failed' });
    expect(error.message).toBe('The key of pipewright-test is not in known_hosts.');
    expect(error.hint).toContain('fingerprint');
    expect(readFileSync(sshd.knownHostsFile, 'utf8')).toBe('');
  });

  it('says in the words of ssh why a key is refused or nobody answers', async () => {
    const { sshd } = fixture;
    sshd.configure([`IdentityFile ${path.join(path.dirname(sshd.configFile), 'other_key')}`]);
    writeFileSync(path.join(path.dirname(sshd.configFile), 'authorized_keys'), '');
    const refused = await failure(fixture.open());
    expect(refused.code).toBe('ssh-failed');
    expect(refused.message).toContain('Permission denied (publickey)');
    await sshd.stop();
    expect((await failure(fixture.open())).message).toContain('Connection refused');
  });

  it.each(['rsync', 'tar'])('loses no change to clocks that are wrong, by %s', async (tool) => {
    const { sshd, dir, workspace } = fixture;
    if (tool === 'tar') sshd.configure([`SetEnv PATH=${pathWithoutRsync(dir)}`]);
    const at = (name: string): string => path.join(workspace, name);
    for (const [name, time] of Object.entries({
      future: 2_200_000_000,
      past: 40_000_000,
      now: 1_700_000_000,
    })) {
      writeFileSync(at(name), 'one');
      utimesSync(at(name), time, time);
    }
    const place = await fixture.open();
    // The clock there goes back an hour: what changes from now on is older than what is there.
    utimesSync(`${place.seenWorkspace}.stamp`, Date.now() / 1_000 + 3_600, Date.now() / 1_000 + 3_600);
    const change =
      'for f in future past now; do touch -r $f ref; printf two >$f; touch -r ref $f; done; rm ref';
    expect(await fixture.run(place, change)).toEqual({ type: 'succeeded' });
    await place.collect(never);
    await place.close();
    for (const name of ['future', 'past', 'now']) {
      expect(readFileSync(at(name), 'utf8')).toBe('two');
      writeFileSync(at(name), 'six');
      utimesSync(at(name), 30_000_000, 30_000_000);
    }
    const next = await fixture.open();
    await fixture.run(next, 'cat future past now');
    expect(fixture.log.stdout).toBe('sixsixsix');
  });
});

const noNamespaces = areNamespacesMissing();

describe.skipIf(isSshdMissing() || noNamespaces)('a disk that is full on a host (root on Linux)', () => {
  it('is told when the workspace does not fit, when a step fills it, and when none can be started', async () => {
    await using fixture = await createSshFixture({
      wrap: (command, cacheDir) => [
        ...['unshare', '--mount', '--propagation', 'private', 'sh', '-c'],
        ...['mount -t tmpfs -o size=4m none "$0" && exec "$@"', cacheDir, ...command],
      ],
    });
    const big = path.join(fixture.workspace, 'big');
    writeFileSync(big, Buffer.alloc(8_000_000, 'x'));
    const tooBig = await failure(fixture.open());
    expect(tooBig).toMatchObject({ code: 'place-failed' });
    expect(tooBig.message).toMatch(/^The workspace could not be transferred: .*No space left on device/);

    writeFileSync(big, 'small');
    const place = await fixture.open();
    expect(await fixture.run(place, 'echo begun; cat /dev/zero >fill')).toMatchObject({
      type: 'infra-error',
      error: {
        code: 'place-failed',
        message: expect.stringContaining('disk of pipewright-test is full') as string,
      },
    });
    expect(fixture.log.stdout).toBe('begun\n');
    expect(await fixture.run(place, `# ${'x'.repeat(200_000)}\necho never`)).toMatchObject({
      type: 'infra-error',
      error: { code: 'place-failed', message: expect.stringContaining('disk may be full') as string },
    });
    expect(fixture.log.stdout).toBe('begun\n');
  });
});

describe.skipIf(isSshdMissing() || noNamespaces)('a network that fails (root on Linux)', () => {
  it(
    'is waited for, and the step that went on meanwhile is followed to its end',
    { timeout: 120_000 },
    async () => {
      using network = makeNetwork();
      await using fixture = await createSshFixture({ address: network.address, wrap: network.inHost });
      const { sshd, dir, log } = fixture;
      sshd.configure([
        `ProxyCommand ${network.here.join(' ')} busybox nc %h %p`,
        'ServerAliveInterval 1',
        'ServerAliveCountMax 2',
        'ConnectTimeout 5',
      ]);
      const place = await fixture.open();
      const go = path.join(dir, 'go');
      const ended = fixture.run(
        place,
        `echo before; until [ -e ${go} ]; do sleep 0.05; done; echo after; exit 3`,
      );
      await fixture.until('before\n');
      const connections = startedWith('-M').filter((pid) => startedWith(sshd.configFile).includes(pid));
      expect(connections).toHaveLength(1);
      network.cut();
      writeFileSync(go, '');
      await gone(connections[0]!);
      expect(log.stdout).toBe('before\n');
      network.mend();
      expect(await ended).toMatchObject({ type: 'failed', exitCode: 3 });
      expect(log.stdout).toBe('before\nafter\n');
      expect(log.system).toContain('Connected to pipewright-test again');
    },
  );
});

describe.skipIf(isSshdMissing())('a Pipewright that is killed', () => {
  it('leaves nothing on a host, nor a connection to it, after the next start', async () => {
    await using sshd = await startSshd();
    const file = path.join(sshd.cacheDir, 'step');
    const run = `trap "" TERM; echo $$ >${file}.new; mv ${file}.new ${file}; sleep 300 & wait`;
    const pipeline = `stages: { far: { run: '${run}', runs-on: { ssh: ${sshd.host} } } }`;
    await using fixture = createCliFixture(pipeline, { env: { PIPEWRIGHT_SSH_CONFIG: sshd.configFile } });
    const killed = fixture.start('run', '--trust');
    await expect.poll(() => existsSync(file), { timeout: 30_000 }).toBe(true);
    const pid = Number(readFileSync(file, 'utf8'));
    killed.process.kill('SIGKILL');
    await killed.result;
    expect(sshd.leftovers()).toHaveLength(1);
    const [listed] = await fixture.json<{ status: string }[]>('runs', 'list');
    expect(listed?.status).toBe('interrupted');
    await gone(pid);
    expect(sshd.leftovers()).toEqual([]);
    await expect.poll(() => startedWith(sshd.configFile), { timeout: 10_000 }).toEqual([]);
  });
});
