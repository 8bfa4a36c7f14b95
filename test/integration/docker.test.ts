import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dockerLeftovers, isDockerMissing } from '#test/support/docker.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import { cliWith } from './cli-stdin.ts';
import type { ShownRun } from './shown-run.ts';

const CONTAINER = `{ image: '${SHELL_IMAGE}', pull: never }`;

interface Finished {
  readonly type: string;
  readonly stage?: string;
  readonly outcome?: unknown;
}

/** Runs the file; answers with the outcome of each stage's last attempt. */
async function outcomesOf(fixture: CliFixture): Promise<Record<string, unknown>> {
  const { stdout } = await fixture.cli('run', '--trust', '--format', 'ndjson');
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Finished);
  const finished = events.filter(({ type }) => type === 'attempt-finished');
  return Object.fromEntries(finished.map(({ stage = '', outcome }) => [stage, outcome]));
}

const shown = (fixture: CliFixture): Promise<ShownRun> => fixture.json<ShownRun>('runs', 'show', 'latest');
const logOf = async (fixture: CliFixture, stage: string): Promise<string> =>
  (await fixture.cli('logs', 'latest', stage)).stdout;
const hasBegun = ({ projectDir }: CliFixture): Promise<void> =>
  expect.poll(() => existsSync(path.join(projectDir, 'begun')), { timeout: 20_000 }).toBe(true);
const inspected = (filter: string): string[] =>
  execFileSync('docker', ['ps', '-q', '--filter', filter], { encoding: 'utf8' }).split('\n').filter(Boolean);

describe.skipIf(isDockerMissing())('stages in containers (skipped without Docker)', () => {
  beforeAll(makeShellImage);

  it('share one container among their steps, work in the workspace and leave nothing', async () => {
    await using fixture = createCliFixture(`
workspace: in-place
stages:
  build:
    container: ${CONTAINER}
    steps:
      - run: 'hostname > /tmp/here; echo out; pwd > made; echo "X=of the first" >> "$PIPEWRIGHT_ENV"'
      - { id: second, run: '[ "$(cat /tmp/here)" = "$(hostname)" ] && echo "$X" && echo "n=7" >> "$PIPEWRIGHT_OUTPUT"' }
    outputs: { n: '\${{ steps.second.outputs.n }}' }
  read: { needs: build, run: '[ "\${{ needs.build.outputs.n }}" = 7 ]' }
`);
    const { code, stderr } = await fixture.cli('run', '--trust');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(await logOf(fixture, 'build')).toBe('out\nof the first\n');
    const made = path.join(fixture.projectDir, 'made');
    expect(readFileSync(made, 'utf8').trim()).toBe(fixture.projectDir);
    expect(lstatSync(made).uid).toBe(process.getuid?.());
    expect(dockerLeftovers((await shown(fixture)).id)).toEqual([]);
  });

  it('fail with the exit code of their step', async () => {
    await using fixture = createCliFixture(`stages: { build: { container: ${CONTAINER}, run: exit 42 } }`);
    expect((await outcomesOf(fixture))['build']).toMatchObject({ type: 'failed', exitCode: 42 });
  });

  it('show no secret to who asks the daemon', async () => {
    await using fixture = createCliFixture(`
stages:
  hold:
    container: ${CONTAINER}
    secrets: [TOKEN]
    run: '[ -n "$TOKEN" ] && echo ready && while [ ! -f go ]; do sleep 1; done'
workspace: in-place
`);
    expect((await cliWith(fixture, 's3cret-of-mine', 'secrets', 'set', 'TOKEN')).code).toBe(0);
    const run = fixture.start('run', '--trust');
    const label = 'label=pipewright.stage=hold';
    await expect.poll(() => inspected(label), { timeout: 20_000 }).toHaveLength(1);
    const [id = ''] = inspected(label);
    const config = execFileSync('docker', ['inspect', id], { encoding: 'utf8' });
    fixture.write('go', '');
    await run.result;
    expect(config).not.toContain('s3cret-of-mine');
  });

  it('end with their container when they are cancelled, also what made a session of its own', async () => {
    await using fixture = createCliFixture(`
workspace: in-place
stages:
  long: { container: ${CONTAINER}, run: 'setsid sleep 1000 & echo begun > begun; sleep 1000' }
`);
    const run = fixture.start('run', '--trust');
    await hasBegun(fixture);
    run.process.kill('SIGINT');
    expect((await run.result).code).toBe(3);
    expect(dockerLeftovers((await shown(fixture)).id)).toEqual([]);
  });

  it('have the mounts and the limits that the file asks for', async () => {
    await using fixture = createCliFixture(`
workspace: in-place
stages:
  look:
    container: { image: '${SHELL_IMAGE}', pull: never, volumes: ['./data:/data:ro', '/scratch'] }
    resources: { pids: 50, cpus: 1 }
    run: 'cat /data/file; touch /data/other 2>/dev/null || echo read-only; touch /scratch/x'
`);
    mkdirSync(path.join(fixture.projectDir, 'data'));
    fixture.write('data/file', 'mounted\n');
    expect((await fixture.cli('run', '--trust')).code).toBe(0);
    expect(await logOf(fixture, 'look')).toBe('mounted\nread-only\n');
  });
});
