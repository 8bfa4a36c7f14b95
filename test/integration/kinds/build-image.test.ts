import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDockerMissing } from '#test/support/docker.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

const NAMES = ['shop:1.0.0', 'pipewright-test/built:1', 'pipewright-test/built:2'];

let fixture: KindFixture;
const docker = (...args: string[]) => execFileSync('docker', args, { encoding: 'utf8' }).trim();
const build = (settings: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  fixture.runStage({
    uses: 'build.image',
    with: { tags: ['pipewright-test/built:1'], ...settings },
    ...more,
  });

describe.skipIf(isDockerMissing())('build.image (skipped without Docker)', () => {
  beforeAll(async () => {
    makeShellImage();
    fixture = await createKindFixture();
    fixture.write(
      'Dockerfile',
      `FROM ${SHELL_IMAGE}\nARG VERSION=0\nCOPY app /app\nRUN echo "$VERSION" > /app/version\n`,
    );
    fixture.write('app/a.txt', 'a');
    fixture.write('app/secret.txt', 'no');
    fixture.write('.dockerignore', 'app/secret.txt\n');
  });
  afterAll(async () => {
    spawnSync('docker', ['rmi', '--force', ...NAMES], { stdio: 'ignore' });
    await fixture[Symbol.asyncDispose]();
  });

  it('builds an image with arguments, without what is ignored, and tells its id and size', async () => {
    const done = await fixture.runExample('build.image');
    expect(done.outcome()).toBe('succeeded');
    const { 'image-id': id, tags } = done.stage().outputs;
    expect(tags).toBe('shop:1.0.0');
    expect(id).toBe(docker('image', 'inspect', '--format', '{{.Id}}', 'shop:1.0.0'));
    expect(docker('run', '--rm', 'shop:1.0.0', 'sh', '-c', 'cat /app/version; ls /app')).toBe(
      '1.0.0\na.txt\nversion',
    );
    expect(done.report('metrics')?.metrics).toMatchObject([
      { name: 'image.bytes', unit: 'bytes' },
      { name: 'image.layers' },
    ]);
    expect(await done.log()).toContain('Step 1/4');
  });

  it('gives it several names and labels, and fails when it is too heavy', async () => {
    const tags = ['pipewright-test/built:1', 'pipewright-test/built:2'];
    const done = await build({ tags, labels: { team: 'shop' }, 'max-size': '1kB' });
    expect(done.outcome()).toMatch(/^failed: The image weighs [\d.]+ MB, and 1\.0 kB are allowed$/);
    for (const tag of tags)
      expect(docker('image', 'inspect', '--format', '{{.Config.Labels.team}}', tag)).toBe('shop');
  });

  it('fails with the words of the step that does', async () => {
    fixture.write('Broken', `FROM ${SHELL_IMAGE}\nRUN echo oh dear; exit 3\n`);
    const done = await build({ dockerfile: 'Broken' });
    expect(done.outcome()).toMatch(/^failed: Broken cannot be built: .*returned a non-zero code: 3\.$/);
    expect(await done.log()).toContain('oh dear');
    expect((await build({ dockerfile: 'none' })).outcome()).toMatch(
      /^failed: There is no none in the folder/,
    );
  });

  it('refuses secrets as arguments, folders elsewhere, and names that are none', async () => {
    await fixture.host.vault.set('TOKEN', { type: 'global' }, 'hunter2hunter2');
    const leaked = await build({ args: { TOKEN: 'x-${{ secrets.TOKEN }}' } }, { secrets: ['TOKEN'] });
    expect(leaked.outcome()).toMatch(/^failed: `args\.TOKEN` is a secret/);
    expect((await build({ context: '..' })).outcome()).toMatch(/`context`: \.\. is not inside/);
    expect((await build({ tags: ['--privileged'] })).outcome()).toMatch(
      /tags\.0: must be the name of an image/,
    );
  });
});
