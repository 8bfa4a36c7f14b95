import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDockerMissing } from '#test/support/docker.ts';
import { makeServerImage, SERVER_IMAGE } from '#test/support/local-images.ts';
import { isAlive } from '#test/support/execution.ts';
import { isSshdMissing, startSshd } from '#test/support/sshd.ts';
import { type CliFixture, type CliFixtureOptions, createCliFixture } from './cli-fixture.ts';
import { cliWith } from './cli-stdin.ts';

/** Answers with a word of its environment, and notes who it is. */
const SERVE = `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
appendFileSync(process.env.PIDS, process.pid + '\\n');
const answer = (request, response) => {
  console.log('asked for ' + request.url);
  response.end(process.env.WORD + '\\n');
};
createServer(answer).listen(Number(process.env.PORT), '127.0.0.1');
if (process.env.PORT_81) createServer(answer).listen(Number(process.env.PORT_81), '127.0.0.1');
`;

/** Prints what is at an address; says `same` instead of a value that is that of WORD. */
const GET = `
const response = await fetch(process.argv[2]);
const text = (await response.text()).trim();
console.log(text === process.env.WORD ? 'the same' : text);
`;

const URL = "http://${{ services.web.host }}:${{ services.web.ports['8080'] }}";

function createProject(pipeline: string, options: CliFixtureOptions = {}): CliFixture & { pids(): number[] } {
  const fixture = createCliFixture(pipeline, options);
  fixture.write('serve.mjs', SERVE);
  fixture.write('get.mjs', GET);
  const file = path.join(fixture.projectDir, '..', 'pids');
  fixture.write('../pids', '');
  return Object.assign(fixture, {
    pids: () => readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map(Number),
  });
}

const env = (fixture: string): string => `{ PIDS: ../pids, WORD: ${fixture} }`;
const logOf = async (fixture: CliFixture, stage: string, ...words: string[]): Promise<string> =>
  (await fixture.cli('logs', 'latest', stage, ...words)).stdout;

describe('services that are processes of this machine', () => {
  it('are reached at free ports, have a log of their own and end with their stage', async () => {
    await using fixture = createProject(`
workspace: in-place
stages:
  test:
    services:
      web: { run: node serve.mjs, ports: [8080, 81], env: ${env('hello')} }
    run: |
      node get.mjs ${URL}/page
      node get.mjs "http://\${{ services.web.host }}:\${{ services.web.ports['81'] }}/other"
`);
    expect(await fixture.cli('run')).toMatchObject({ code: 0 });
    const log = await logOf(fixture, 'test');
    expect(log).toMatch(
      /service web \(a process of this machine\) is ready after .*127\.0\.0\.1:\d+ \(its 81\)/,
    );
    expect(log).toMatch(/\nhello\nhello\n$/);
    expect(await logOf(fixture, 'test', '--service', 'web')).toBe('asked for /page\nasked for /other\n');
    expect(fixture.pids().map(isAlive)).toEqual([false]);
  });

  it('are each leg’s own, at the same time under the same name', async () => {
    await using fixture = createProject(`
workspace: in-place
stages:
  test:
    matrix: { leg: [a, b] }
    services:
      web: { run: node serve.mjs, ports: [8080], env: ${env("'leg ${{ matrix.leg }}'")} }
    run: node get.mjs ${URL}
`);
    expect(await fixture.cli('run', '--max-parallel', '2')).toMatchObject({ code: 0 });
    expect(await logOf(fixture, 'test[leg=a]')).toContain('leg a');
    expect(await logOf(fixture, 'test[leg=b]')).toContain('leg b');
    expect(fixture.pids().map(isAlive)).toEqual([false, false]);
  });

  it('get secrets by their environment, which their log hides, and are checked by a command that has it too', async () => {
    await using fixture = createProject(`
workspace: in-place
stages:
  test:
    secrets: [WORD]
    services:
      web:
        run: 'echo "it is $WORD"; exec node serve.mjs'
        ports: [8080]
        env: ${env('"${{ secrets.WORD }}"')}
        health: { cmd: 'test -n "$WORD" && node get.mjs http://127.0.0.1:$PORT_8080/health', interval: 50ms }
    run: node get.mjs ${URL}/page
`);
    const value = `it's "quoted" $HOME \\ canary`;
    expect(await cliWith(fixture, value, 'secrets', 'set', 'WORD')).toMatchObject({ code: 0 });
    expect(await fixture.cli('run')).toMatchObject({ code: 0 });
    expect(await logOf(fixture, 'test')).toContain('the same');
    const log = await logOf(fixture, 'test', '--service', 'web');
    expect(log).toMatch(/^it is \*+\n(?:asked for \/health\n)+asked for \/page\n$/);
  });

  it('say in the log of the stage that they ended while it ran', async () => {
    await using fixture = createProject(`
workspace: in-place
stages:
  test:
    services: { web: { run: 'while [ ! -e go ]; do sleep 0.05; done; exit 3' } }
    run: |
      touch go
      while ! grep -q '' gone 2>/dev/null; do
        ps -A -o args= | grep -v grep | grep -q 'while \\[ ! -e go' || echo x > gone
        sleep 0.05
      done
`);
    expect(await fixture.cli('run')).toMatchObject({ code: 0 });
    expect(await logOf(fixture, 'test')).toContain('service web ended with exit code 3 while its stage ran');
  });

  it('run beside services in containers', { timeout: 60_000 }, async ({ skip }) => {
    if (isDockerMissing()) skip('without Docker');
    makeServerImage();
    await using fixture = createProject(`
workspace: in-place
stages:
  test:
    services:
      web: { run: node serve.mjs, ports: [8080], env: ${env('process')} }
      box:
        image: '${SERVER_IMAGE}'
        ports: [80]
        command: [sh, -c, 'mkdir -p /www && echo container > /www/word && exec httpd -f -p 80 -h /www']
        health: { cmd: wget -q -O- http://127.0.0.1/word }
    run: |
      node get.mjs ${URL}
      node get.mjs "http://\${{ services.box.host }}:\${{ services.box.ports['80'] }}/word"
`);
    expect(await fixture.cli('run')).toMatchObject({ code: 0 });
    expect(await logOf(fixture, 'test')).toMatch(/process\ncontainer\n$/);
  });
});

describe.skipIf(isSshdMissing())('services of a stage on a host (skipped without sshd)', () => {
  const PIPELINE = `
stages:
  test:
    runs-on: { ssh: pipewright-test }
    timeout: 5m
    services:
      web: { run: node serve.mjs, ports: [8080], env: ${env('brought')} }
    run: |
      echo "at \${{ services.web.host }}"
      node get.mjs ${URL}/page
`;

  it('run on this machine and are reached there by the connection', { timeout: 60_000 }, async () => {
    await using sshd = await startSshd();
    await using fixture = createProject(PIPELINE.replace('stages:', 'workspace: in-place\nstages:'), {
      env: { PIPEWRIGHT_SSH_CONFIG: sshd.configFile },
    });
    const run = await fixture.cli('run');
    const log = await logOf(fixture, 'test');
    expect(log).toMatch(/at 127\.0\.0\.1\nbrought\n/);
    expect(run).toMatchObject({ code: 0 });
    expect(await logOf(fixture, 'test', '--service', 'web')).toBe('asked for /page\n');
    expect(fixture.pids().map(isAlive)).toEqual([false]);
  });

  it('are reached at the same port after a connection that was lost', { timeout: 90_000 }, async () => {
    await using sshd = await startSshd();
    await using fixture = createProject(
      `
workspace: in-place
stages:
  test:
    runs-on: { ssh: pipewright-test }
    timeout: 5m
    services:
      web: { run: node serve.mjs, ports: [8080], env: ${env('brought')} }
    run: |
      node get.mjs ${URL}/before
      while [ ! -e "$GO" ]; do sleep 0.1; done
      until node get.mjs ${URL}/after; do sleep 0.2; done
    env: { GO: '${path.join(os.tmpdir(), `pipewright-go-${process.pid}`)}' }
`,
      { env: { PIPEWRIGHT_SSH_CONFIG: sshd.configFile } },
    );
    const go = path.join(os.tmpdir(), `pipewright-go-${process.pid}`);
    const run = fixture.start('run');
    try {
      const serviceLog = (): Promise<string> => logOf(fixture, 'test', '--service', 'web');
      await expect.poll(serviceLog, { timeout: 30_000, interval: 500 }).toContain('/before');
      sshd.cut();
      writeFileSync(go, '');
      expect(await run.result).toMatchObject({ code: 0 });
      expect(await serviceLog()).toBe('asked for /before\nasked for /after\n');
    } finally {
      rmSync(go, { force: true });
    }
  });

  it('that the host does not let in fail the stage with the way out', { timeout: 60_000 }, async () => {
    await using sshd = await startSshd(['AllowTcpForwarding no']);
    await using fixture = createProject(PIPELINE.replace('stages:', 'workspace: in-place\nstages:'), {
      env: { PIPEWRIGHT_SSH_CONFIG: sshd.configFile },
    });
    expect(await fixture.cli('run')).toMatchObject({ code: 1 });
    const log = await logOf(fixture, 'test');
    expect(log).toContain('pipewright-test does not let its processes reach services of this machine');
    expect(fixture.pids().map(isAlive)).toEqual([false]);
  });
});

it('services that are processes do what the example of the docs says', async () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/places.md'), 'utf8');
  const [, after = ''] = page.split('### Services that are processes\n');
  const [, example = ''] = /^```yaml pipeline\n(.*?)^```$/ms.exec(after) ?? [];
  await using fixture = createCliFixture(example);
  fixture.write(
    'server.mjs',
    `import { createServer } from 'node:http';
     createServer((_, response) => response.end(process.env.GREETING)).listen(process.env.PORT_8080, '127.0.0.1');`,
  );
  fixture.write('ready.mjs', 'await fetch(`http://127.0.0.1:${process.env.PORT}`);');
  fixture.write('smoke.mjs', 'console.log(await (await fetch(process.argv[2])).text());');
  expect(await fixture.cli('run')).toMatchObject({ code: 0 });
  expect(await logOf(fixture, 'smoke')).toMatch(/\nhello\n$/);
});
