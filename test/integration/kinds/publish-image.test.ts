import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDockerMissing } from '#test/support/docker.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';
import { createKindFixture, isMissing, type KindFixture, type StageText } from './kind-fixture.ts';
import { startDockerRegistry, type TestRegistry } from './peers/docker-registry.ts';
import { failFirst, startFaultProxy } from './peers/fault-proxy.ts';
import { freePort } from './peers/free-port.ts';

const IMAGE = 'pipewright-test/pushed:1';
const OTHER = 'pipewright-test/pushed:2';

describe.skipIf(isDockerMissing() || isMissing('docker-registry', 'htpasswd'))('publish.image', () => {
  let fixture: KindFixture;
  let registry: TestRegistry;
  const docker = (...args: readonly string[]) =>
    execFileSync('docker', args, { encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
  beforeAll(async () => {
    makeShellImage();
    for (const [index, name] of [IMAGE, OTHER].entries()) {
      execFileSync('docker', ['build', '--quiet', '--tag', name, '-'], {
        input: `FROM ${SHELL_IMAGE}\nLABEL number=${index}-${process.pid}\n`,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
    }
    fixture = await createKindFixture();
    registry = await startDockerRegistry();
    await fixture.host.vault.set('REGISTRY_PASSWORD', { type: 'global' }, registry.password);
  });
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
    docker('rmi', IMAGE, OTHER);
  });

  const secrets = ['REGISTRY_PASSWORD'];
  const push = (settings: StageText, host = registry.host) =>
    fixture.runStage({
      uses: 'publish.image',
      secrets,
      with: {
        image: IMAGE,
        to: `${host}/team/app:1`,
        username: 'ci',
        password: '${{ secrets.REGISTRY_PASSWORD }}',
        ...settings,
      },
    });

  it('pushes the example, and a second time finds it there', async () => {
    const more = { env: { REGISTRY: registry.host }, secrets };
    const first = await fixture.runExample('publish.image', more);
    expect(first.outcome()).toBe('succeeded');
    const { digest, reference } = first.stage().outputs;
    expect(reference).toBe(`${registry.host}/team/shop@${digest}`);
    expect(docker('images', '--quiet', `${registry.host}/team/shop`)).toBe('');
    expect(await first.log()).not.toContain(registry.password);
  });

  it('refuses to move a tag to another image, unless it is told to', async () => {
    expect((await push({})).outcome()).toBe('succeeded');
    expect((await push({ image: OTHER })).outcome()).toMatch(
      /^failed: .*team\/app:1 is there already, with another image/,
    );
    expect((await push({ image: OTHER, immutable: false })).outcome()).toBe('succeeded');
  });

  it('says what is missing and who is not let in', async () => {
    expect((await push({ image: 'pipewright-test/none:1' })).outcome()).toMatch(
      /^infra-error: There is no image pipewright-test\/none:1/,
    );
    const wrong = await push({ to: `${registry.host}/team/closed:1`, password: 'wrong-password' });
    expect(wrong.outcome()).toMatch(/^infra-error: The registry does not take .* from the credential of ci/);
    expect((await push({ to: 'nowhere' })).outcome()).toMatch(/^failed: `to`/);
  });

  it('sends nothing in a dry run, and tries again what the registry fails at', async () => {
    const dry = await push({ to: `${registry.host}/team/dry:1`, 'dry-run': true });
    expect(await dry.log()).toMatch(/would push pipewright-test\/pushed:1 as/);
    await using proxy = await startFaultProxy(registry.host);
    proxy.plan = failFirst(/^PUT .*manifests/, [
      { type: 'answer', status: 500 },
      { type: 'answer', status: 503 },
    ]);
    const run = await push({ to: `${proxy.host}/team/flaky:1`, retries: 4 });
    expect(run.outcome()).toBe('succeeded');
  });

  it.each([
    [403, 'DENIED', /^infra-error: The registry does not take .* from the credential of ci: .*no way/],
    [409, 'TAG_IS_IMMUTABLE', /^infra-error: [^\n]*no way/],
  ])('says what the registry says with %i', async (status, code, words) => {
    await using proxy = await startFaultProxy(registry.host);
    const body = JSON.stringify({ errors: [{ code, message: 'no way' }] });
    proxy.plan = ({ method, url }) =>
      method === 'PUT' && url?.includes('/manifests/') === true ? { type: 'answer', status, body } : null;
    const run = await push({ to: `${proxy.host}/team/said:${status}`, retries: 0 });
    expect(run.outcome()).toMatch(words);
  });

  it('gives up on a registry that fails to the last, and on one that nobody can reach', async () => {
    const host = `127.0.0.1:${await freePort()}`;
    const away = await push({ to: `${host}/team/app:1`, retries: 1 });
    expect(away.outcome()).toMatch(/^infra-error: [^\n]+\(after 2 tries\)/);
    await using proxy = await startFaultProxy(registry.host);
    proxy.plan = ({ method, url }) =>
      method === 'PUT' && url?.includes('/manifests/') === true ? { type: 'answer', status: 500 } : null;
    const down = await push({ to: `${proxy.host}/team/down:1`, retries: 1 });
    expect(down.outcome()).toMatch(/^infra-error: Docker could not push [^\n]*\(after 2 tries\)/);
  });

  it('notices that the registry shows another image than was pushed', async () => {
    await using proxy = await startFaultProxy(registry.host);
    let isSent = false;
    proxy.plan = ({ method, url }) => {
      if (url?.includes('/manifests/') !== true) return null;
      isSent ||= method === 'PUT';
      const body = '{"schemaVersion":2}';
      return isSent && method !== 'PUT' ? { type: 'answer', status: 200, body } : null;
    };
    const run = await push({ to: `${proxy.host}/team/other:1` });
    expect(run.outcome()).toMatch(/^infra-error: The registry has another image than was pushed/);
  });
});
