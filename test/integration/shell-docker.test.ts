import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stageIdOf } from '#shared/lib/ids.ts';
import { dockerLeftovers, isDockerMissing } from '#test/support/docker.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';
import { createApiFixture } from './api-fixture.ts';
import { reading, runToFailure, runToPause, SECRET, SIZE, untilEvent } from './shell-fixture.ts';

const PIPELINE = `
env: { GREETING: hello }
stages:
  unit:
    container: { image: '${SHELL_IMAGE}', pull: never }
    secrets: [API_TOKEN]
    steps:
      - run: echo made > made.txt; mkdir sub; echo inside > /tmp/inside.txt
      - { run: exit 3, working-directory: sub }
`;

const about = { stage: stageIdOf('unit'), size: SIZE, withSecrets: false };

describe.skipIf(isDockerMissing())('a shell in a container (skipped without Docker)', () => {
  beforeAll(makeShellImage);

  it('opens in a new one with the workspace of the failed attempt, without secrets, and goes with it', async () => {
    await using fixture = await createApiFixture(PIPELINE);
    const runId = await runToFailure(fixture);
    expect(dockerLeftovers(runId)).toEqual([]);
    const session = await fixture.host.openShell({ ...about, runId });
    const output = reading(session);
    session.write('cat ../made.txt; echo "<$GREETING ${API_TOKEN:-none} $(pwd)>"; echo "up $((40 + 2))"\n');
    const text = await output.until('up 42');
    expect(text).toContain('made');
    const workspace = path.join(fixture.host.dataDir, 'runs', runId, 'workspace');
    expect(text).toContain(`<hello none ${workspace}/sub>`);
    expect(dockerLeftovers(runId)).not.toEqual([]);
    session.write('exit 7\n');
    expect(await session.ended).toMatchObject({ exitCode: 7 });
    expect(dockerLeftovers(runId)).toEqual([]);
  });

  it('opens in that of a paused attempt, leaves it when it is closed, and ends with it when that is cancelled', async () => {
    await using fixture = await createApiFixture(PIPELINE);
    const runId = await runToPause(fixture);
    const first = await fixture.host.openShell({ ...about, runId });
    const output = reading(first);
    first.write('cat /tmp/inside.txt; sleep 300 & echo "up $((40 + 2))"\n');
    expect(await output.until('up 42')).toContain('inside');
    await first.close();
    const [id = ''] = containersOf(runId);
    expect(execFileSync('docker', ['top', id], { encoding: 'utf8' })).not.toContain('sleep 300');
    const second = await fixture.host.openShell({ ...about, runId });
    const again = reading(second);
    second.write('echo "up $((40 + 2))"\n');
    await again.until('up 42');
    fixture.host.cancel(runId);
    await second.ended;
    await untilEvent(fixture, runId, 'run-finished');
    expect(dockerLeftovers(runId)).toEqual([]);
  });

  it('has the secrets when it is asked to, which the configuration of the container does not show', async () => {
    await using fixture = await createApiFixture(PIPELINE);
    const runId = await runToFailure(fixture);
    const session = await fixture.host.openShell({ ...about, runId, withSecrets: true });
    const output = reading(session);
    session.write('echo "<$API_TOKEN>"\n');
    await output.until(`<${SECRET}>`);
    const [id = ''] = containersOf(runId);
    expect(execFileSync('docker', ['inspect', id], { encoding: 'utf8' })).not.toContain(SECRET);
    expect(processesWith(SECRET)).toEqual([]);
    await session.close();
    expect(dockerLeftovers(runId)).toEqual([]);
  });
});

const containersOf = (runId: string): string[] =>
  execFileSync('docker', ['ps', '-q', '--filter', `label=pipewright.run=${runId}`], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);

/** Whose arguments hold a text. */
function processesWith(text: string): string[] {
  const pids = execFileSync('ls', ['/proc'], { encoding: 'utf8' }).match(/^\d+$/gm) ?? [];
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
    } catch {
      // It has ended.
      return false;
    }
  });
}
