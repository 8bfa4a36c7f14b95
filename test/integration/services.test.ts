import { beforeAll, describe, expect, it } from 'vitest';
import { createDockerServices } from '#main/executors/docker/services/docker-services.ts';
import type { LogSink, PlaceRequest } from '#main/engine/ports.ts';
import { systemClock } from '#main/host/system-clock.ts';
import { runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import { LOCAL, type PlannedService } from '#shared/pipeline/plan-place.ts';
import { dockerLeftovers, isDockerMissing } from '../support/docker.ts';
import { makeServerImage, SERVER_IMAGE } from '../support/local-images.ts';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import { cliWith } from './cli-stdin.ts';

/** Serves its variables and a page, and prints each request. */
const SERVE =
  'mkdir -p /www && echo "$PASSWORD" > /www/password && echo hello > /www/page && exec httpd -f -vv -p 80 -h /www';
const WEB = `{ image: '${SERVER_IMAGE}', ports: [80], command: [sh, -c, '${SERVE}'], health: { cmd: wget -q -O- http://127.0.0.1/page } }`;
const URL = "http://${{ services.web.host }}:${{ services.web.ports['80'] }}";

/** Prints what is at an address; says `same` instead of a value that is that of PASSWORD. */
const GET = `
const response = await fetch(process.argv[2]);
const text = (await response.text()).trim();
console.log(text === process.env.PASSWORD ? 'the same' : text);
`;

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly stages: readonly { readonly status: string }[];
}

function createProject(pipeline: string): CliFixture {
  const fixture = createCliFixture(pipeline);
  fixture.write('get.mjs', GET);
  return fixture;
}

const logOf = async (fixture: CliFixture, stage: string, ...words: string[]): Promise<string> =>
  (await fixture.cli('logs', 'latest', stage, ...words)).stdout;

describe.skipIf(isDockerMissing())('services in containers (skipped without Docker)', () => {
  beforeAll(makeServerImage);

  it('are reached by the steps of this machine under a host and a port that is free, and leave nothing', async () => {
    await using fixture = createProject(`
stages:
  test:
    services: { web: ${WEB} }
    run: node get.mjs ${URL}/page
`);
    const run = await fixture.cli('run');
    expect(run).toMatchObject({ code: 0 });
    const log = await logOf(fixture, 'test');
    expect(log).toMatch(/service web \(.*\) is ready after .* at 127\.0\.0\.1:\d+ \(its 80\)/);
    expect(log).toContain('hello');
    expect(await logOf(fixture, 'test', '--service', 'web')).toMatch(/\/page/);
    const wrong = await fixture.cli('logs', 'latest', 'test', '--service', 'wep');
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.stderr).toContain('Stage test has no service wep. Did you mean web?');
    const { id } = await fixture.json<Shown>('runs', 'show', 'latest');
    expect(dockerLeftovers(id)).toEqual([]);
  });

  it('are each leg’s own, with the same name at the same time', async () => {
    await using fixture = createProject(`
stages:
  test:
    matrix: { leg: [a, b] }
    services:
      web:
        image: '${SERVER_IMAGE}'
        command: [sh, -c, 'mkdir -p /www && echo "$LEG" > /www/leg && exec httpd -f -p 80 -h /www']
        env: { LEG: 'leg \${{ matrix.leg }}' }
        health: { cmd: wget -q -O- http://127.0.0.1/leg }
    run: node get.mjs ${URL}/leg
`);
    expect(await fixture.cli('run', '--max-parallel', '2')).toMatchObject({ code: 0 });
    expect(await logOf(fixture, 'test[leg=a]')).toContain('leg a');
    expect(await logOf(fixture, 'test[leg=b]')).toContain('leg b');
  });

  it('get secrets that nobody can look up in their configuration', async () => {
    await using fixture = createProject(`
stages:
  test:
    secrets: [PASSWORD]
    services:
      web:
        image: '${SERVER_IMAGE}'
        command: [sh, -c, '${SERVE}']
        env: { PASSWORD: '\${{ secrets.PASSWORD }}', PLAIN: visible-value }
        health: { cmd: 'test -n "$PASSWORD" && wget -q -O- http://127.0.0.1/page' }
    run: |
      node get.mjs ${URL}/password
      docker ps -q --filter label=pipewright.run=$PIPEWRIGHT_RUN_ID | xargs docker inspect > inspected.json
      printf '%s' "$PASSWORD" > pattern.txt
      echo "secrets: $(grep -c -F -f pattern.txt inspected.json), plain: $(grep -c visible-value inspected.json)"
`);
    const value = `it's "quoted" $HOME \\ canary`;
    expect(await cliWith(fixture, value, 'secrets', 'set', 'PASSWORD')).toMatchObject({ code: 0 });
    expect(await fixture.cli('run')).toMatchObject({ code: 0 });
    const log = await logOf(fixture, 'test');
    expect(log).toContain('the same');
    expect(log).toContain('secrets: 0, plain: 1');
  });

  it('are gone after the run was cancelled', async () => {
    await using fixture = createProject(`
stages:
  test:
    services: { web: ${WEB} }
    steps: [{ run: sleep 600 }]
`);
    const running = fixture.start('--format', 'ndjson', 'run');
    await running.until((stdout) => stdout.includes('step-started'));
    running.process.kill('SIGINT');
    await running.result;
    const { id } = await fixture.json<Shown>('runs', 'show', 'latest');
    expect(dockerLeftovers(id)).toEqual([]);
  });

  it('are gone when they are given up while they start', async () => {
    const runId = runIdOf('0services0cancel');
    const controller = new AbortController();
    const reason = new Error('given up');
    const quiet: LogSink = { write: () => undefined, close: () => Promise.resolve() };
    const service: PlannedService = {
      ...{ id: 'db', image: SERVER_IMAGE, env: {}, ports: [], mounts: [], user: null, network: null },
      ...{ pull: 'never', isPrivileged: false, command: ['sh', '-c', 'echo here; exec sleep 600'] },
      health: { command: 'sleep 600', intervalMs: 10, timeoutMs: 600_000, retries: 9, startPeriodMs: 0 },
    };
    const request: PlaceRequest = {
      ...{ runId, stage: stageIdOf('test'), attempt: 1, place: LOCAL, services: [service], resources: null },
      ...{ workspace: '/tmp', commandPrefix: '/tmp/x', log: quiet, graceMs: 100 },
      openServiceLog: () => ({
        ...quiet,
        write() {
          controller.abort(reason);
          return undefined;
        },
      }),
      holdsSecret: () => false,
      onProcess: () => undefined,
    };
    const owner = { hostId: 'test', pid: process.pid, startedAt: 0 };
    const services = createDockerServices({ owner, clock: systemClock });
    await expect(services.open(request, 'outside', controller.signal)).rejects.toBe(reason);
    expect(dockerLeftovers(runId)).toEqual([]);
  });
});
