import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';
import { canMount, ownMounts } from './own-mounts.ts';
import type { ShownRun } from './shown-run.ts';

const PIPELINE = `
workspace: in-place
stages:
  a: { run: 'echo hello > out; cat out', artifacts: [{ name: out, paths: [out] }] }
`;

/** Run `-o remount` twice: a bind mount takes `ro` with the second call only. */
const READ_ONLY = 'mount --bind "$0" "$0"; mount -o remount,ro,bind "$0"';

describe.skipIf(!canMount())('a read-only data folder (skipped where a test may not mount one)', () => {
  it('shows runs, logs and artifacts, and refuses every change in one sentence', async () => {
    await using mounts = await ownMounts('true');
    const data = path.join('..', path.basename(mounts.dir), 'data');
    await using fixture = createCliFixture(PIPELINE, { data, prefix: mounts.prefix });
    expect((await fixture.cli('run')).code).toBe(0);
    mounts.sh(READ_ONLY);
    expect(await fixture.json<object[]>('runs', 'list')).toMatchObject([{ status: 'succeeded' }]);
    expect((await fixture.json<ShownRun>('runs', 'show', 'latest')).status).toBe('succeeded');
    expect((await fixture.cli('logs', 'latest', 'a')).stdout).toBe('hello\n');
    expect((await fixture.cli('artifacts', 'verify')).code).toBe(0);
    expect((await fixture.cli('artifacts', 'get', 'latest', 'out', '--output', 'got')).code).toBe(0);
    for (const args of [['run'], ['runs', 'rm', 'latest'], ['serve'], ['runs', 'resume', 'latest'], ['gc']]) {
      const { code, stdout, stderr } = await fixture.cli(...args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toMatch(/^pipewright: The data folder .*read-only\. .*--data.*\n$/);
    }
    expect(mounts.sh('ls "$0/data"')).not.toContain('-wal');
  });

  it('says so when there is nothing in it yet', async () => {
    await using mounts = await ownMounts(READ_ONLY);
    const data = path.join('..', path.basename(mounts.dir), 'data');
    await using fixture = createCliFixture(PIPELINE, { data, prefix: mounts.prefix });
    for (const args of [['run'], ['runs', 'list']]) {
      const { code, stderr } = await fixture.cli(...args);
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^pipewright: The data folder .* cannot be used: it is read-only\. .*--data.*\n$/,
      );
    }
  });

  it('shows a run whose host died there as it was left', async () => {
    await using mounts = await ownMounts('true');
    const data = path.join('..', path.basename(mounts.dir), 'data');
    const pipeline = "workspace: in-place\nstages: { a: { run: 'sleep 600' } }\n";
    await using fixture = createCliFixture(pipeline, { data, prefix: mounts.prefix });
    const run = fixture.start('--format', 'ndjson', 'run');
    await run.until((stdout) => stdout.includes('attempt-started'));
    run.process.kill('SIGKILL');
    await run.result;
    mounts.sh(READ_ONLY);
    expect(await fixture.json<object[]>('runs', 'list')).toMatchObject([{ status: 'running' }]);
  });
});
