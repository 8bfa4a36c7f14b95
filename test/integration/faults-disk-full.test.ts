import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAlive } from '#test/support/execution.ts';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import { canMount, type OwnMounts, ownMounts } from './own-mounts.ts';
import { type ShownRun, stageOf, statuses } from './shown-run.ts';

/** A data folder on a disk of its own, small enough to be filled. */
async function smallDisk(
  pipeline: string,
  size = '4m',
): Promise<{ disk: OwnMounts; fixture: CliFixture } & AsyncDisposable> {
  const disk = await ownMounts(`mount -t tmpfs -o size=${size} none "$0"`);
  const fixture = createCliFixture(pipeline, {
    data: path.join('..', path.basename(disk.dir), 'data'),
    prefix: disk.prefix,
    env: { DISK: disk.dir },
  });
  return {
    disk,
    fixture,
    async [Symbol.asyncDispose]() {
      await fixture[Symbol.asyncDispose]();
      await disk[Symbol.asyncDispose]();
    },
  };
}

const FILL = 'cat /dev/zero > "$DISK/fill" 2> /dev/null || true';

/** `slow` fills the disk and ignores the request to end; `other` then ends, which cannot be stored. */
const FILLS = (extra = ''): string => `
workspace: in-place
${extra}
stages:
  first: { run: 'echo x >> first; echo "v=1" >> "$PIPEWRIGHT_OUTPUT"' }
  slow:
    needs: [first]
    run: |
      if [ -e filled ]; then exit 0; fi
      trap '' TERM
      setsid sleep 600 & echo $! > escaped
      echo $$ > self
      while [ -e wait ]; do sleep 0.02; done
      ${FILL}
      touch filled
      while true; do sleep 0.1; done
  other:
    needs: [first]
    run: 'until [ -e filled ]; do sleep 0.02; done'
`;

const pidsOf = ({ projectDir }: CliFixture): number[] =>
  ['escaped', 'self'].map((file) => Number(readFileSync(path.join(projectDir, file), 'utf8')));

const oneSentence = (stderr: string): void => {
  expect(stderr).toMatch(/^pipewright: The disk .*full.*\n$/);
  expect(stderr).not.toMatch(/\n\s+at /);
};

describe.skipIf(!canMount())('on a disk that is full (skipped where a test may not mount one)', () => {
  it('ends a run with one sentence and no process left; what had finished is kept, and it can be resumed', async () => {
    await using at = await smallDisk(FILLS());
    const { fixture, disk } = at;
    const { code, stderr } = await fixture.cli('run');
    expect(code).toBe(4);
    oneSentence(stderr);
    expect(pidsOf(fixture).map(isAlive)).toEqual([false, false]);
    disk.sh('rm "$0/fill"');
    const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
    expect(run.status).toBe('interrupted');
    expect(stageOf(run, 'first')).toMatchObject({ status: 'succeeded', outputs: { v: '1' } });
    expect((await fixture.cli('runs', 'resume', 'latest')).code).toBe(0);
    const resumed = await fixture.json<ShownRun>('runs', 'show', 'latest');
    expect(statuses(resumed)).toEqual({ first: 'succeeded', slow: 'succeeded', other: 'succeeded' });
    expect(readFileSync(path.join(fixture.projectDir, 'first'), 'utf8')).toBe('x\n');
  });

  it('keeps a host that stays alive, and goes on with the run when there is space again', async () => {
    await using at = await smallDisk(FILLS('on-restart: resume'));
    const { fixture, disk } = at;
    const wait = path.join(fixture.projectDir, 'wait');
    writeFileSync(wait, '');
    const first = fixture.start('--format', 'ndjson', 'run');
    await first.until((stdout) => stdout.includes('"stage":"first","status":"succeeded"'));
    first.process.kill('SIGKILL');
    await first.result;
    const serve = fixture.start('--format', 'ndjson', 'serve');
    await serve.until((stdout) => stdout.includes('"url"'));
    rmSync(wait);
    const list = () => fixture.json<{ status: string }[]>('runs', 'list');
    while (!existsSync(path.join(fixture.projectDir, 'filled'))) await list().catch(() => []);
    disk.sh('rm -f "$0/fill"');
    // Whoever is first: the host resumes it too.
    while ((await list())[0]?.status !== 'succeeded') {
      expect(serve.process.exitCode).toBeNull();
      await fixture.cli('runs', 'resume', 'latest');
    }
    serve.process.kill('SIGTERM');
    expect((await serve.result).code).toBe(0);
  });

  it('shows what is stored and refuses to run, when not a byte is left', async () => {
    await using at = await smallDisk("workspace: in-place\nstages: { a: { run: 'echo hello' } }\n");
    const { fixture, disk } = at;
    expect((await fixture.cli('run')).code).toBe(0);
    disk.sh('cat /dev/zero > "$0/fill" 2> /dev/null || true');
    const run = await fixture.cli('run');
    expect(run.code).toBe(4);
    oneSentence(run.stderr);
    expect(await fixture.json<object[]>('runs', 'list')).toMatchObject([{ status: 'succeeded' }]);
    expect(await fixture.cli('logs', 'latest', 'a')).toMatchObject({ code: 0, stdout: 'hello\n' });
    expect((await fixture.json<ShownRun>('runs', 'show', 'latest')).status).toBe('succeeded');
    disk.sh('rm "$0/fill"');
    expect((await fixture.cli('run')).code).toBe(0);
  });

  it('says so when there was never any space', async () => {
    await using at = await smallDisk("workspace: in-place\nstages: { a: { run: 'echo hello' } }\n", '40k');
    const { code, stderr } = await at.fixture.cli('run');
    expect(code).toBe(4);
    oneSentence(stderr);
  });

  it('ends a stage whose artifact or workspace does not fit as infra-error, and warns of a cache', async () => {
    await using at = await smallDisk(`
workspace: in-place
stages:
  artifact: { run: 'true', artifacts: [{ name: big, paths: [big] }] }
  cache: { needs: [artifact], if: always(), run: 'true', cache: [{ key: k, paths: [big] }] }
`);
    const { fixture, disk } = at;
    fixture.write('big', '');
    disk.sh(`head -c 8000000 /dev/urandom > ${path.join(fixture.projectDir, 'big')}`);
    const { code, stdout } = await fixture.cli('run');
    expect(code).toBe(1);
    expect(stdout).toContain('The file big could not be stored: the disk is full.');
    expect(stdout).toContain('Cache k could not be saved: the disk is full.');
    const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
    expect(statuses(run)).toEqual({ artifact: 'infra-error', cache: 'succeeded' });
    expect(disk.sh('ls "$0/data/blobs/incoming"')).toBe('');

    fixture.write('pipewright.yml', "stages: { a: { run: 'true' } }\n");
    const copied = await fixture.cli('run');
    expect(copied.code).toBe(1);
    expect(copied.stdout).toMatch(/The project could not be copied to .*: the disk is full\./);
    expect(statuses(await fixture.json<ShownRun>('runs', 'show', 'latest'))).toEqual({ a: 'infra-error' });
  });
});
