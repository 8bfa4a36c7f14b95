import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDockerMissing } from '#test/support/docker.ts';
import { type FakeRegistry, startFakeRegistry } from '#test/support/fake-registry.ts';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import { cliWith } from './cli-stdin.ts';

interface Failure {
  readonly type: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Runs the file; the outcomes of the attempts in their order. */
async function outcomesOf(fixture: CliFixture): Promise<Failure[]> {
  const { stdout } = await fixture.cli('run', '--trust', '--format', 'ndjson');
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly type: string; readonly outcome: Failure })
    .filter(({ type }) => type === 'attempt-finished')
    .map(({ outcome }) => outcome);
}

const stage = (container: string, more = ''): string =>
  `stages: { one: { container: ${container}, run: 'cat /stamp'${more} } }`;

/** A Docker configuration of the test's own, with credentials for the registry. */
function signIn(fixture: CliFixture, registry: FakeRegistry, login: string): void {
  const auths = { [registry.host]: { auth: Buffer.from(login).toString('base64') } };
  writeFileSync(path.join(fixture.projectDir, 'config.json'), JSON.stringify({ auths }));
}

/** The project's folder stands for that of Docker's configuration. */
const ownConfig = (pipeline: string): CliFixture => {
  const env: NodeJS.ProcessEnv = {};
  const fixture = createCliFixture(pipeline, { env });
  env['DOCKER_CONFIG'] = fixture.projectDir;
  return fixture;
};

describe.skipIf(isDockerMissing())('images that cannot be had (skipped without Docker)', () => {
  it('says that there is no such image', async () => {
    await using registry = await startFakeRegistry();
    await using fixture = ownConfig(stage(`${registry.host}/none:2`));
    const [failure] = await outcomesOf(fixture);
    expect(failure).toMatchObject({ type: 'infra-error', error: { code: 'image-missing' } });
    expect(failure?.error?.message).toMatch(
      /^There is no image 127\.0\.0\.1:\d+\/none:2: .*manifest unknown\.$/,
    );
  });

  it('tries a pull that was cut again, as the stage says, and goes on', { timeout: 120_000 }, async () => {
    await using registry = await startFakeRegistry();
    let cuts = 0;
    registry.treat = (asked) => {
      // First the manifest, which ends the pull; then a layer, which the daemon itself asks for again.
      const isCut = cuts === 0 ? asked.includes('/manifests/') : cuts === 1 && asked.includes('/blobs/');
      if (isCut) cuts += 1;
      return isCut ? 'cut' : 'serve';
    };
    await using fixture = ownConfig(stage(registry.image, ', retry: { max: 1, on: [infra-error] }'));
    const outcomes = await outcomesOf(fixture);
    expect(outcomes).toMatchObject([
      { type: 'infra-error', error: { code: 'image-pull-failed' } },
      { type: 'succeeded' },
    ]);
    expect(outcomes[0]?.error?.message).toMatch(
      /^The image 127\.0\.0\.1:\d+\/app:1 could not be fetched: .*EOF\.$/,
    );
    expect(cuts).toBe(2);
  });

  it(
    'says whose credentials were refused, and where they were looked for',
    { timeout: 120_000 },
    async () => {
      await using registry = await startFakeRegistry({ login: 'ada:right' });
      const container = `{ image: '${registry.image}', credentials: { username: ada, password: '\${{ secrets.PASS }}' } }`;
      await using fixture = ownConfig(stage(registry.image));
      const config = path.join(fixture.projectDir, 'config.json');
      const messageOf = async (): Promise<string> => (await outcomesOf(fixture))[0]?.error?.message ?? '';

      expect(await messageOf()).toContain(`without credentials, and ${config} has none for it: `);
      signIn(fixture, registry, 'eve:wrong');
      expect(await messageOf()).toContain(`refused the credentials of eve in ${config} for the image `);
      fixture.write('pipewright.yml', `defaults: { container: ${container} }\nstages: { one: { run: ls } }`);
      expect(await messageOf()).toMatch(/^The password in `credentials` for the image .* is empty\.$/);
      fixture.write('pipewright.yml', stage(container, ', secrets: [PASS]'));
      await cliWith(fixture, 'wrong-password', 'secrets', 'set', 'PASS');
      const refused = await messageOf();
      expect(refused).toContain('refused the credentials of ada in the pipeline file for the image ');
      expect(refused).not.toContain('wrong-password');
      await cliWith(fixture, 'right', 'secrets', 'set', 'PASS');
      expect(await outcomesOf(fixture)).toMatchObject([{ type: 'succeeded' }]);
    },
  );

  it(
    'shows how far a pull is, and ends it at once when the run is cancelled',
    { timeout: 90_000 },
    async () => {
      await using registry = await startFakeRegistry();
      registry.treat = (asked) => (asked.includes('/blobs/') ? 'trickle' : 'serve');
      await using fixture = ownConfig(stage(registry.image));
      const running = fixture.start('run', '--trust');
      const log = async (): Promise<string> => (await fixture.cli('logs', 'latest', 'one')).stdout;
      await expect.poll(log, { timeout: 40_000, interval: 500 }).toMatch(/Downloading: .* of /);
      // By itself it would take longer than the test may.
      running.process.kill('SIGINT');
      await running.result;
      const { stdout } = await fixture.cli('runs', 'show', 'latest');
      expect(stdout).toContain('cancelled');
    },
  );
});
