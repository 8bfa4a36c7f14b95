import { execFileSync } from 'node:child_process';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isDockerMissing } from '#test/support/docker.ts';
import { makeNodeImage, makeShellImage, NODE_IMAGE, SHELL_IMAGE } from '#test/support/local-images.ts';
import { createPluginFixture, type PluginFixture } from './plugin-fixture.ts';

describe.skipIf(isDockerMissing())('plugins in containers', () => {
  let fixture: PluginFixture;
  beforeAll(() => {
    makeShellImage();
    makeNodeImage();
  });
  beforeEach(async () => {
    fixture = await createPluginFixture();
  });
  afterEach(() => fixture[Symbol.asyncDispose]());

  it('run an action over an image: inputs with odd names, arguments, outputs, and the workspace', async () => {
    fixture.write(
      'ci/box/action.yml',
      `name: Box
inputs: { who-to-greet: { required: true } }
outputs: { said: { description: it } }
runs:
  using: docker
  image: docker://${SHELL_IMAGE}
  entrypoint: sh
  args: [work.sh, "\${{ inputs.who-to-greet }}"]`,
    );
    fixture.write('note.txt', 'from the workspace');
    fixture.write(
      'work.sh',
      `echo "said=$1 $(cat note.txt)" >> "$GITHUB_OUTPUT"
tr '\\0' '\\n' < /proc/1/environ | grep WHO
touch made.txt
touch /nowhere 2>/dev/null || echo read-only`,
    );
    await fixture.add('box', './ci/box');
    const run = await fixture.runStage({ uses: 'plugin:box', with: { 'who-to-greet': 'Ada' } });
    expect(run.outcome(), await run.log()).toBe('succeeded');
    expect(run.stage().outputs['said']).toBe('Ada from the workspace');
    expect(await run.log()).toContain('INPUT_WHO-TO-GREET=Ada');
    expect(await run.log()).toContain('read-only');
    expect(fixture.read('made.txt')).toBe('');
  });

  it('have no network unless that was allowed', async () => {
    fixture.write(
      'ci/net/action.yml',
      `name: Net\nruns: { using: docker, image: docker://${SHELL_IMAGE}, entrypoint: sh, args: ['-c', 'ls /sys/class/net'] }`,
    );
    await fixture.add('net', './ci/net');
    const without = await fixture.runStage({ uses: 'plugin:net' });
    expect(await without.log()).not.toContain('eth0');
    await fixture.add('net', './ci/net', { network: true });
    const allowed = await fixture.runStage({ uses: 'plugin:net' });
    expect(await allowed.log()).toContain('eth0');
  });

  it('are built from the Dockerfile of an action', async () => {
    fixture.write(
      'ci/built/Dockerfile',
      `FROM ${SHELL_IMAGE}\nCOPY hello.sh /hello.sh\nENTRYPOINT ["sh", "/hello.sh"]`,
    );
    fixture.write('ci/built/hello.sh', 'echo "built $1"; exit 3');
    fixture.write(
      'ci/built/action.yml',
      'name: Built\nruns: { using: docker, image: Dockerfile, args: [one] }',
    );
    await fixture.add('built', './ci/built');
    const run = await fixture.runStage({ uses: 'plugin:built' });
    expect(run.outcome()).toBe('failed: exit code 3');
    expect(await run.log()).toContain('built one');
    const images = execFileSync('docker', ['images', '-q', 'pipewright-plugin'], { encoding: 'utf8' });
    for (const image of new Set(images.split('\n').filter(Boolean)))
      execFileSync('docker', ['rmi', '-f', image]);
  });

  it('are images that take their settings as PLUGIN_*', async () => {
    // An image as they are made for Drone and Woodpecker: its entrypoint does the work.
    const made = 'pipewright-test/settings:1';
    const container = execFileSync('docker', ['create', SHELL_IMAGE, 'true'], { encoding: 'utf8' }).trim();
    execFileSync('docker', [
      'commit',
      '--change',
      `ENTRYPOINT ["sh", "-c", "env | grep ^PLUGIN_ | sort; exit $PLUGIN_CODE"]`,
      container,
      made,
    ]);
    execFileSync('docker', ['rm', container]);
    await fixture.add('settings', `docker://${made}`);
    const settings = { code: 3, 'dry-run': true, tags: ['a', 'b'], nested: { deep: [1] } };
    const run = await fixture.runStage({ uses: 'plugin:settings', with: settings });
    expect(run.outcome()).toBe('failed: exit code 3');
    expect((await run.log()).split('\n').slice(0, 4)).toEqual([
      'PLUGIN_CODE=3',
      'PLUGIN_DRY_RUN=true',
      'PLUGIN_NESTED={"deep":[1]}',
      'PLUGIN_TAGS=a,b',
    ]);
    execFileSync('docker', ['rmi', '-f', made]);
  });

  it('work as JavaScript actions in the container of a stage', async () => {
    fixture.example('greet');
    await fixture.add('greet', './ci/greet');
    const run = await fixture.runStage({
      container: { image: NODE_IMAGE },
      uses: 'plugin:greet',
      with: { 'who-to-greet': 'Grace' },
    });
    expect(run.outcome(), await run.log()).toBe('succeeded');
    expect(run.stage().outputs['greeting']).toBe('Hello, Grace');
    expect(await run.log()).toContain('Goodbye, Grace');
  });
});
