import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dockerLeftovers, isDockerMissing } from '#test/support/docker.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';
import { isOwnDockerMissing, startOwnDocker } from '#test/support/own-docker.ts';
import { type CliFixture, createCliFixture, jsonLines } from './cli-fixture.ts';
import { type ShownRun, statuses } from './shown-run.ts';

const CONTAINER = `{ image: '${SHELL_IMAGE}', pull: never }`;

interface Finished {
  readonly type: string;
  readonly stage?: string;
  readonly outcome?: unknown;
}

/** The outcome of each stage's last attempt, by what `run --format ndjson` said. */
function outcomesIn(stdout: string): Record<string, unknown> {
  const finished = jsonLines<Finished>(stdout).filter(({ type }) => type === 'attempt-finished');
  return Object.fromEntries(finished.map(({ stage = '', outcome }) => [stage, outcome]));
}

const outcomesOf = async (fixture: CliFixture): Promise<Record<string, unknown>> =>
  outcomesIn((await fixture.cli('run', '--trust', '--format', 'ndjson')).stdout);
const shown = (fixture: CliFixture): Promise<ShownRun> => fixture.json<ShownRun>('runs', 'show', 'latest');
const failedWith = (message: RegExp): object => ({
  type: 'failed',
  message: expect.stringMatching(message) as string,
});

async function hasBegun({ projectDir }: CliFixture): Promise<void> {
  await expect.poll(() => existsSync(path.join(projectDir, 'begun')), { timeout: 50_000 }).toBe(true);
}

describe('a container engine that is not there', () => {
  it('is an infra-error of one sentence, and the log says the way out', async () => {
    const pipeline = `stages: { build: { container: ${CONTAINER}, run: 'true' } }`;
    await using fixture = createCliFixture(pipeline, { env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } });
    const sentence = /^Docker at unix:\/\/\/nowhere\/docker\.sock.*nobody answers there\.$/;
    expect((await outcomesOf(fixture))['build']).toMatchObject({
      type: 'infra-error',
      error: { code: 'docker-unreachable', message: expect.stringMatching(sentence) as string },
    });
  });
});

describe.skipIf(isDockerMissing())('stages in containers (skipped without Docker)', () => {
  beforeAll(makeShellImage);

  it('say that an image is missing, or has no such shell', async () => {
    await using fixture = createCliFixture(`
stages:
  image: { container: { image: 'pipewright-test/none:1', pull: never }, run: 'true' }
  shell: { container: ${CONTAINER}, run: 'true', shell: fish }
`);
    expect(await outcomesOf(fixture)).toMatchObject({
      image: { type: 'infra-error', error: { code: 'image-missing' } },
      shell: { type: 'infra-error', error: { code: 'spawn-failed' } },
    });
    expect(dockerLeftovers((await shown(fixture)).id)).toEqual([]);
  });

  it('tell the limit that they ran into, and each step only its own', async () => {
    await using fixture = createCliFixture(`
stages:
  memory:
    container: ${CONTAINER}
    resources: { memory: 32Mi }
    steps:
      - { run: 'dd if=/dev/zero of=/dev/null bs=200M count=1 || exit 0' }
      - { run: 'exit 3', continue-on-error: true }
      - { run: 'sh -c "dd if=/dev/zero of=/dev/null bs=200M count=1"; exit 1' }
  plain:
    container: ${CONTAINER}
    resources: { memory: 32Mi }
    steps: [{ run: 'dd if=/dev/zero of=/dev/null bs=200M count=1 || true' }, { run: 'exit 3' }]
  pids:
    container: ${CONTAINER}
    resources: { pids: 20 }
    run: 'for i in $(seq 50); do sleep 5 & done; wait'
`);
    expect(await outcomesOf(fixture)).toMatchObject({
      memory: failedWith(/^out of memory: .*resources\.memory/),
      plain: { type: 'failed', exitCode: 3, message: null },
      pids: failedWith(/^too many processes and threads: the limit is 20/),
    });
    expect(dockerLeftovers((await shown(fixture)).id)).toEqual([]);
  });

  it('say where no space is left', async () => {
    await using fixture = createCliFixture(`
stages:
  fill: { container: ${CONTAINER}, run: 'dd if=/dev/zero of=/dev/shm/fill bs=1M' }
`);
    expect((await outcomesOf(fixture))['fill']).toMatchObject(
      failedWith(/^no space is left at \/dev\/shm in the container of pipewright-test\/shell:1$/),
    );
    expect(dockerLeftovers((await shown(fixture)).id)).toEqual([]);
  });

  it('are kept within their disk, by looking at it where its storage knows no limits', async () => {
    await using fixture = createCliFixture(`
stages:
  write:
    container: ${CONTAINER}
    resources: { disk: 10Mi }
    steps:
      - { run: 'dd if=/dev/zero of=/big bs=1M count=40; sleep 1000' }
      - { if: always(), run: 'echo cleaned up' }
`);
    expect((await outcomesOf(fixture))['write']).toMatchObject(
      failedWith(/^no space is left.*resources\.disk/),
    );
    expect((await fixture.cli('logs', 'latest', 'write')).stdout).toMatch(/^cleaned up$/m);
    expect(dockerLeftovers((await shown(fixture)).id)).toEqual([]);
  });

  it('are ended by force when they ignore the request', async () => {
    await using fixture = createCliFixture(`
workspace: in-place
stages:
  deaf: { container: ${CONTAINER}, run: "trap '' TERM INT; echo begun > begun; while :; do sleep 1; done" }
`);
    const run = fixture.start('run', '--trust');
    await hasBegun(fixture);
    run.process.kill('SIGINT');
    expect((await run.result).code).toBe(3);
    expect(dockerLeftovers((await shown(fixture)).id)).toEqual([]);
  });

  it('collect the children of processes that have ended before them', async () => {
    await using fixture = createCliFixture(`
stages:
  orphans:
    container: ${CONTAINER}
    run: |
      for i in $(seq 50); do (sleep 0.2 &); done
      zombies() { cat /proc/[0-9]*/stat 2>/dev/null | grep -c ') Z '; }
      tries=0
      until [ "$(zombies)" = 0 ] || [ $tries -ge 100 ]; do tries=$((tries + 1)); sleep 0.1; done
      zombies || true
`);
    expect((await fixture.cli('run', '--trust')).code).toBe(0);
    expect((await fixture.cli('logs', 'latest', 'orphans')).stdout).toBe('0\n');
  });

  it('leave no container, network or volume after the next start when Pipewright was killed', async () => {
    await using fixture = createCliFixture(`
workspace: in-place
stages:
  long:
    container: { image: '${SHELL_IMAGE}', pull: never, volumes: [/scratch] }
    run: 'echo begun > begun; sleep 1000'
`);
    const run = fixture.start('run', '--trust');
    await hasBegun(fixture);
    run.process.kill('SIGKILL');
    await run.result;
    const { id, status } = await shown(fixture);
    expect(status).toBe('interrupted');
    expect(dockerLeftovers(id)).toEqual([]);
  });
});

describe.skipIf(isOwnDockerMissing())(
  'a daemon that is killed in mid-run (skipped without root and dockerd)',
  () => {
    it(
      'makes the stage an infra-error, the run finishes, and nothing is left when it is back',
      { timeout: 180_000 },
      async () => {
        makeShellImage();
        await using own = await startOwnDocker([SHELL_IMAGE]);
        await using fixture = createCliFixture(
          `
workspace: in-place
stages:
  long:
    container: { image: '${SHELL_IMAGE}', pull: never, volumes: [/scratch] }
    run: 'echo begun > begun; sleep 1000'
  after: { needs: long, if: always(), run: 'true' }
`,
          { env: { DOCKER_HOST: own.host } },
        );
        const run = fixture.start('run', '--trust', '--format', 'ndjson');
        await hasBegun(fixture);
        await own.kill();
        const { code, stdout } = await run.result;
        expect(code).toBe(1);
        expect(outcomesIn(stdout)).toMatchObject({
          long: { type: 'infra-error', error: { code: 'docker-unreachable' } },
          after: { type: 'succeeded' },
        });
        await own.start();
        expect(own.leftovers()).not.toEqual([]);
        expect(statuses(await shown(fixture))).toEqual({ long: 'infra-error', after: 'succeeded' });
        expect(own.leftovers()).toEqual([]);
      },
    );
  },
);
