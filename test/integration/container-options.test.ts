import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { isDockerMissing } from '#test/support/docker.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';
import { createCliFixture } from './cli-fixture.ts';

const OPTIONS = [
  '--hostname builder --add-host db.test:10.1.2.3 --shm-size 8m --tmpfs "/scratch:size=1m"',
  '--ulimit nofile=64:128 --cap-drop NET_RAW --cpus 0.5 -m 64m --pids-limit=50 --user 1234:1234',
].join(' ');

const container = (more: string): string => `{ image: '${SHELL_IMAGE}', pull: never, ${more} }`;

it('are refused by a sentence that names the option and what to do instead', async () => {
  await using fixture = createCliFixture(
    `stages: { one: { run: ls, container: { image: a, options: '--restart always', platform: arm, credentials: { username: me, password: open } } } }`,
  );
  const { code, stdout } = await fixture.cli('validate');
  expect(code).not.toBe(0);
  expect(stdout).toMatch(
    /stages\.one\.container\.options` holds --restart, which is not supported; known are --add-host/,
  );
  expect(stdout).toMatch(/platform` must be a platform such as linux\/arm64/);
  expect(stdout).toMatch(/credentials\.password` must come from a secret/);
});

describe.skipIf(isDockerMissing())('options of containers (skipped without Docker)', () => {
  beforeAll(makeShellImage);

  it('are those of docker create', async () => {
    const script = [
      'hostname; grep db.test /etc/hosts | tr "\\t" " "; df -m /dev/shm | tail -1 | tr -s " " | cut -d" " -f2',
      'df -k /scratch | tail -1 | tr -s " " | cut -d" " -f2; ulimit -n; ulimit -Hn; id -u',
    ].join('; ');
    await using fixture = createCliFixture(
      `stages: { one: { container: ${container(`options: '${OPTIONS}'`)}, run: '${script}' } }`,
    );
    const { code, stdout } = await fixture.cli('run', '--trust');
    expect({ code, stdout }).toMatchObject({ code: 0 });
    const log = (await fixture.cli('logs', 'latest', 'one')).stdout;
    expect(log).toBe('builder\n10.1.2.3 db.test\n8\n1024\n64\n128\n1234\n');
  });

  it('give a service its entry point and its check', async () => {
    const service = container(
      `command: ['echo up > /tmp/up; sleep 60'], options: '--entrypoint sh --health-cmd "test -f /tmp/up" --health-interval 1s'`,
    ).replace("command: ['", "command: ['-c', '");
    await using fixture = createCliFixture(
      `stages: { one: { services: { it: ${service} }, container: ${container('')}, run: 'true' } }`,
    );
    const { code, stdout } = await fixture.cli('run', '--trust');
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect((await fixture.cli('logs', 'latest', 'one')).stdout).toContain('service it');
  });

  it('leave an image of another platform alone', async () => {
    const own = execFileSync('docker', ['version', '-f', '{{.Server.Arch}}'], { encoding: 'utf8' }).trim();
    const other = own === 'arm64' ? 'amd64' : 'arm64';
    const stages = [own, other].map(
      (arch) => `${arch}: { container: ${container(`platform: linux/${arch}`)}, run: 'true' }`,
    );
    await using fixture = createCliFixture(`stages: { ${stages.join(', ')} }`);
    const { stdout } = await fixture.cli('run', '--trust', '--format', 'ndjson');
    const outcomes = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; stage: string; outcome: { type: string } })
      .filter(({ type }) => type === 'attempt-finished')
      .map(({ stage, outcome }) => [stage, outcome.type]);
    expect(Object.fromEntries(outcomes)).toEqual({ [own]: 'succeeded', [other]: 'infra-error' });
    expect(stdout).toContain(`is not here for linux/${other}`);
  });
});
