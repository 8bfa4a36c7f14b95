import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSampleProject } from '#main/vcs/sample-project.ts';
import { dockerLeftovers, isDockerMissing } from '#test/support/docker.ts';
import { makeNodeImage, makeShellImage, NODE_IMAGE, SHELL_IMAGE } from '#test/support/local-images.ts';
import { type CliResult, createCliFixture } from './cli-fixture.ts';
import type { ShownRun } from './shown-run.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../fixtures/sample-project');
const PIPELINE = `
env: { WHO: "it's me" }
workspace: in-place
stages:
  make: { run: 'echo "$WHO in $(cat /marker 2>/dev/null || echo nothing)" > made; echo "who=$(id -u)" >> "$PIPEWRIGHT_OUTPUT"' }
  read: { needs: [make], run: 'cat made; [ "\${{ needs.make.outputs.who }}" = "$(id -u)" ]' }
`;

const built = (): string[] =>
  execFileSync('docker', ['image', 'ls', '-q', '--no-trunc', 'pipewright-build'], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);

const trusted = ['run', '--trust', '--executor', 'docker'];

function expectSuccess({ code, stdout, stderr }: CliResult): void {
  expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
}

describe.skipIf(isDockerMissing())('run --executor docker', () => {
  let before: string[];
  beforeAll(() => {
    makeShellImage();
    before = built();
  });
  afterAll(() => {
    const own = built().filter((id) => !before.includes(id));
    if (own.length > 0) execFileSync('docker', ['image', 'rm', '-f', ...own], { stdio: 'ignore' });
  });

  it('runs stages in the image that is named, as the user, and leaves nothing', async () => {
    await using fixture = createCliFixture(PIPELINE);
    expectSuccess(await fixture.cli(...trusted, '--image', SHELL_IMAGE));
    const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
    const { stdout } = await fixture.cli('logs', 'latest', 'read');
    expect(stdout).toBe("it's me in nothing\n");
    expect(lstatSync(path.join(fixture.projectDir, 'made')).uid).toBe(process.getuid?.());
    expect(dockerLeftovers(run.id)).toEqual([]);
  });

  it('builds the Dockerfile of the project once for the same content', async () => {
    await using fixture = createCliFixture(PIPELINE);
    fixture.write('Dockerfile', `FROM ${SHELL_IMAGE}\nCOPY marker /\n`);
    fixture.write('.dockerignore', '*\n!marker\n');
    fixture.write('marker', 'version 1');
    const first = await fixture.cli(...trusted);
    expectSuccess(first);
    expect(first.stderr).toContain('Building the image of Dockerfile');
    expect((await fixture.cli('logs', 'latest', 'read')).stdout).toBe("it's me in version 1\n");

    const second = await fixture.cli(...trusted);
    expectSuccess(second);
    expect(second.stderr).not.toContain('Building');

    fixture.write('marker', 'version 2');
    const third = await fixture.cli(...trusted);
    expectSuccess(third);
    expect(third.stderr).toContain('Building');
    expect((await fixture.cli('logs', 'latest', 'read')).stdout).toBe("it's me in version 2\n");
  });

  it('takes image and variables of a devcontainer.json', async () => {
    await using fixture = createCliFixture('stages: { one: { run: \'echo "$FLAVOUR"\' } }');
    const text = `{ "image": "${SHELL_IMAGE}", "containerEnv": { "FLAVOUR": "sweet $1 & \\"sour\\"" }, }`;
    fixture.write('.devcontainer/devcontainer.json', text);
    expectSuccess(await fixture.cli(...trusted));
    expect((await fixture.cli('logs', 'latest', 'one')).stdout).toBe('sweet $1 & "sour"\n');
  });

  it('says in one sentence why an image cannot be built', async () => {
    await using fixture = createCliFixture(PIPELINE);
    fixture.write('Dockerfile', `FROM ${SHELL_IMAGE}\nRUN echo no luck && exit 3\n`);
    const { code, stderr } = await fixture.cli(...trusted);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Dockerfile cannot be built: .*returned a non-zero code: 3/);
  });

  it('runs the sample project unchanged', { timeout: 240_000 }, async () => {
    makeNodeImage();
    const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-sample-'));
    try {
      const targetDir = path.join(dir, 'sample');
      await createSampleProject({ templateDir: SAMPLE, targetDir });
      await using fixture = createCliFixture('');
      expectSuccess(await fixture.cli('--project', targetDir, ...trusted, '--image', NODE_IMAGE));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

it('says what a dry run would use, without a daemon', async () => {
  await using fixture = createCliFixture(PIPELINE, { env: { DOCKER_HOST: 'unix:///nowhere.sock' } });
  fixture.write('Dockerfile', 'FROM scratch\n');
  const { code, stdout } = await fixture.cli('run', '--dry-run', '--executor', 'docker', '--format', 'json');
  expect(code).toBe(0);
  expect(stdout).toMatch(/pipewright-build:[0-9a-f]{32}/);
});

it('says that the daemon is not there', async () => {
  await using fixture = createCliFixture(PIPELINE, { env: { DOCKER_HOST: 'unix:///nowhere.sock' } });
  fixture.write('Dockerfile', 'FROM scratch\n');
  const { code, stdout, stderr } = await fixture.cli(...trusted);
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  expect(stderr).toMatch(/nowhere\.sock.*cannot be reached/);
});
