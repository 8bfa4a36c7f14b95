import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HostTestEvent, SshHostInfo } from '#shared/api/host-schemas.ts';
import { isSshdMissing, startSshd, type TestSshd } from '#test/support/sshd.ts';
import { createCliFixture } from './cli-fixture.ts';
import { type ShownRun, statuses } from './shown-run.ts';

const PIPELINE = `name: Far
stages:
  a: { run: "echo at $PWD", runs-on: { ssh: { labels: [linux, gpu] } } }
  b: { run: exit 0, runs-on: { ssh: { labels: linux } } }
  c: { run: exit 0, runs-on: { ssh: { labels: [linux, tpu] } } }
`;

interface PlacedRun extends ShownRun {
  readonly stages: readonly (ShownRun['stages'][number] & {
    readonly place: unknown;
    readonly attempts: readonly { readonly startedAt: string; readonly finishedAt: string }[];
  })[];
}

const fixtureOf = (sshd: TestSshd, pipeline = PIPELINE) =>
  createCliFixture(pipeline, { env: { PIPEWRIGHT_SSH_CONFIG: sshd.configFile } });

const named = (events: readonly HostTestEvent[]) =>
  Object.fromEntries(events.map(({ step, status }) => [step, status]));

describe.skipIf(isSshdMissing())('hosts (skipped without an OpenSSH server)', { timeout: 120_000 }, () => {
  it('are registered with labels and slots, changed and forgotten', async () => {
    await using sshd = await startSshd();
    await using fixture = fixtureOf(sshd);
    expect((await fixture.cli('hosts')).stderr).toContain('No host is registered');
    await fixture.cli('hosts', 'add', 'b', '--label', 'x', '--label', 'a', '--slots', '3');
    await fixture.cli('hosts', 'add', 'a');
    await fixture.cli('hosts', 'add', 'b', '--label', 'y');
    const bare = { slots: 1, usedSlots: 0, lastTest: null };
    expect(await fixture.json<SshHostInfo[]>('hosts', 'list')).toEqual([
      { name: 'a', labels: [], ...bare },
      { name: 'b', labels: ['y'], ...bare },
    ]);
    expect(await fixture.cli('hosts', 'rm', 'b')).toMatchObject({ code: 0 });
    const gone = await fixture.cli('hosts', 'rm', 'aa');
    expect(gone).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean a?') as string });
    for (const wrong of [
      ['add', 'two words'],
      ['add', 'a', '--label', '-x'],
      ['add', 'a', '--slots', '0'],
    ])
      expect(await fixture.cli('hosts', ...wrong)).toMatchObject({ code: 2 });
  });

  it('are tested step by step, and what that came to is kept', async () => {
    await using sshd = await startSshd();
    await using fixture = fixtureOf(sshd);
    expect(await fixture.cli('hosts', 'add', sshd.host)).toMatchObject({ code: 0 });
    const events = await fixture.json<HostTestEvent[]>('hosts', 'test', sshd.host);
    expect(named(events)).toMatchObject({
      ...{ name: 'passed', port: 'passed', 'host-key': 'passed', login: 'passed', shell: 'passed' },
      ...{ disk: 'passed', clock: 'passed' },
    });
    sshd.configure(['IdentityFile /dev/null', 'IdentitiesOnly yes', 'PreferredAuthentications password']);
    const { code, stdout } = await fixture.cli('hosts', 'test', sshd.host);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/✓ host key .*\n✕ login .*\n.*load the key/)]);
    await sshd.stop();
    sshd.configure();
    const refused = await fixture.cli('hosts', 'test', sshd.host);
    expect(refused).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/✕ port .*Nothing listens/) as string,
    });
    expect(await fixture.json<SshHostInfo[]>('hosts', 'list')).toMatchObject([
      { lastTest: { problem: expect.stringMatching(/^Nothing listens at port/) as string } },
    ]);
    expect(sshd.leftovers()).toEqual([]);
  });

  it('are known by a key that somebody has compared, and by no other', async () => {
    await using sshd = await startSshd();
    await using fixture = fixtureOf(sshd);
    const knownBefore = readFileSync(sshd.knownHostsFile, 'utf8');
    writeFileSync(sshd.knownHostsFile, '# mine');
    // Nothing that the user has set lets the test take a key.
    sshd.configure(['StrictHostKeyChecking accept-new', 'HashKnownHosts yes']);
    const unknown = await fixture.json<HostTestEvent[]>('hosts', 'test', sshd.host);
    const offered = unknown.find(({ step }) => step === 'host-key')?.offeredKey;
    expect(named(unknown)).toMatchObject({ 'host-key': 'failed', login: 'skipped', clock: 'skipped' });
    expect(readFileSync(sshd.knownHostsFile, 'utf8')).toBe('# mine');
    const accept = (fingerprint: string) =>
      fixture.cli('hosts', 'test', sshd.host, '--accept-key', fingerprint);
    expect(await accept('SHA256:no')).toMatchObject({ code: 2 });
    expect(readFileSync(sshd.knownHostsFile, 'utf8')).toBe('# mine');
    expect(await accept(offered?.fingerprint ?? '')).toMatchObject({ code: 0 });
    const known = readFileSync(sshd.knownHostsFile, 'utf8');
    expect(known).toMatch(/^# mine\n\|1\|\S+\|\S+ ssh-ed25519 \S+\n$/);
    expect(known).toContain(knownBefore.trim().split(' ')[2]);

    sshd.changeHostKey();
    await sshd.start();
    const changed = await fixture.json<HostTestEvent[]>('hosts', 'test', sshd.host);
    const step = changed.find((event) => event.step === 'host-key');
    expect(step).toMatchObject({ status: 'failed', offeredKey: null });
    expect(step?.wayOut).toContain('ssh-keygen -R');
    expect(await accept(offered?.fingerprint ?? '')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('has a key of') as string,
    });
    expect(readFileSync(sshd.knownHostsFile, 'utf8')).toBe(known);
  });

  it('run stages that ask for their labels, and say so where none has them', async () => {
    await using sshd = await startSshd();
    await using fixture = fixtureOf(sshd);
    await fixture.cli('hosts', 'add', 'elsewhere', '--label', 'linux-old');
    await fixture.cli('hosts', 'add', sshd.host, '--label', 'linux', '--label', 'gpu');
    const { code, stderr } = await fixture.cli('run', '--trust');
    expect(code, stderr).toBe(1);
    const run = await fixture.json<PlacedRun>('runs', 'show', 'latest');
    expect(statuses(run)).toEqual({ a: 'succeeded', b: 'succeeded', c: 'infra-error' });
    expect(run.stages.map(({ place }) => place)).toEqual([
      { type: 'ssh', host: sshd.host, labels: ['linux', 'gpu'] },
      { type: 'ssh', host: sshd.host, labels: ['linux'] },
      { type: 'ssh', host: null, labels: ['linux', 'tpu'] },
    ]);
    // One slot: one after the other.
    const times = run.stages
      .slice(0, 2)
      .flatMap(({ attempts: [attempt] }) => (attempt === undefined ? [] : [attempt]))
      .toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1))
      .flatMap(({ startedAt, finishedAt }) => [startedAt, finishedAt]);
    expect(times).toEqual(times.toSorted());
    const log = await fixture.cli('logs', 'latest', 'c');
    expect(log.stdout).toContain('no host has the labels linux and tpu');
    expect((await fixture.json<SshHostInfo[]>('hosts', 'list')).map(({ usedSlots }) => usedSlots)).toEqual([
      0, 0,
    ]);
  });
});
