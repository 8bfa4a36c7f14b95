import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';
import { startDockerRegistry } from './peers/docker-registry.ts';
import { startVerdaccio, type TestVerdaccio } from './peers/verdaccio.ts';

let fixture: KindFixture;
beforeAll(async () => {
  fixture = await createKindFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

describe.skipIf(isMissing('verdaccio', 'htpasswd', 'npm'))('publish.access of an npm registry', () => {
  let registry: TestVerdaccio;
  const secrets = ['NPM_TOKEN', 'NPM_PASSWORD'];
  beforeAll(async () => {
    registry = await startVerdaccio();
    await fixture.host.vault.set('NPM_TOKEN', { type: 'global' }, registry.token);
    await fixture.host.vault.set('NPM_PASSWORD', { type: 'global' }, registry.password);
    fixture.write('package.json', JSON.stringify({ name: 'shop', version: '1.0.0', files: [] }));
    const signedIn = { registry: `http://${registry.host}`, token: '${{ secrets.NPM_TOKEN }}' };
    const run = await fixture.runStage({ uses: 'publish.npm', secrets, with: signedIn });
    expect(run.outcome()).toBe('succeeded');
  });
  afterAll(() => registry[Symbol.asyncDispose]());

  it('finds the rights of the example as they are to be', async () => {
    const run = await fixture.runExample('publish.access', {
      env: { NPM_REGISTRY: `http://${registry.host}` },
      secrets,
    });
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('tests')).toMatchObject({ total: 4, passed: 4 });
    const known = await fetch(`http://${registry.host}/shop`, {
      headers: { authorization: `Bearer ${registry.token}` },
    });
    expect(Object.keys(((await known.json()) as { versions: object }).versions)).toEqual(['1.0.0']);
  });

  it('fails on a right that is other than expected, and could not judge without a package', async () => {
    const access = (name: string, push: string) =>
      fixture.runStage({
        uses: 'publish.access',
        secrets,
        with: {
          ...{ type: 'npm', registry: `http://${registry.host}`, name },
          principals: [
            { name: 'bob', username: 'bob', password: '${{ secrets.NPM_PASSWORD }}', pull: 'allowed', push },
          ],
        },
      });
    expect((await access('shop', 'refused')).outcome()).toBe('succeeded');
    const wrong = await access('shop', 'allowed');
    expect(wrong.outcome()).toBe('failed: 1 of 2 rights are other than expected: bob: push');
    expect(wrong.report('tests')).toMatchObject({ failed: 1 });
    expect((await access('nowhere', 'refused')).outcome()).toMatch(/^infra-error: .* has no nowhere/);
  });
});

describe.skipIf(isMissing('docker-registry', 'htpasswd'))('publish.access of a container registry', () => {
  it('tells who may read and who may publish', async () => {
    await using registry = await startDockerRegistry();
    await fixture.host.vault.set('REGISTRY_PASSWORD', { type: 'global' }, registry.password);
    fixture.write('dist/shop.tgz', 'the shop');
    const password = '${{ secrets.REGISTRY_PASSWORD }}';
    const secrets = ['REGISTRY_PASSWORD'];
    const published = await fixture.runStage({
      uses: 'publish.oci',
      secrets,
      with: { to: `${registry.host}/team/shop:1.0.0`, paths: 'dist/*', username: 'ci', password },
    });
    expect(published.outcome()).toBe('succeeded');
    const run = await fixture.runStage({
      uses: 'publish.access',
      secrets,
      with: {
        ...{ type: 'oci', registry: `http://${registry.host}`, name: 'team/shop:1.0.0' },
        principals: [
          { name: 'anybody', pull: 'refused', push: 'refused' },
          { name: 'stranger', username: 'ci', password: 'wrong-password', pull: 'refused', push: 'refused' },
          { name: 'ci', username: 'ci', password, pull: 'allowed', push: 'allowed' },
        ],
      },
    });
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('tests')).toMatchObject({ total: 6, passed: 6 });
  });
});
