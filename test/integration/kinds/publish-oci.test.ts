import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture, type StageText } from './kind-fixture.ts';
import { startDockerRegistry, type TestRegistry } from './peers/docker-registry.ts';
import { failFirst, startFaultProxy } from './peers/fault-proxy.ts';

describe.skipIf(isMissing('docker-registry', 'htpasswd'))('publish.oci', () => {
  let fixture: KindFixture;
  let registry: TestRegistry;
  beforeAll(async () => {
    fixture = await createKindFixture();
    registry = await startDockerRegistry();
    await fixture.host.vault.set('REGISTRY_PASSWORD', { type: 'global' }, registry.password);
    fixture.write('dist/shop.tgz', 'the shop');
  });
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  });

  const signedIn = { secrets: ['REGISTRY_PASSWORD'] };
  const publish = (settings: StageText, host = registry.host) =>
    fixture.runStage({
      uses: 'publish.oci',
      ...signedIn,
      with: {
        to: `${host}/team/shop:1.0.0`,
        paths: 'dist/shop.tgz',
        username: 'ci',
        password: '${{ secrets.REGISTRY_PASSWORD }}',
        ...settings,
      },
    });
  const get = (path: string, accept = '*/*') =>
    fetch(`http://${registry.host}${path}`, {
      headers: {
        accept,
        authorization: `Basic ${Buffer.from(`ci:${registry.password}`).toString('base64')}`,
      },
    });

  it('publishes the example, and a second time finds it there', async () => {
    const more = { env: { REGISTRY: registry.host }, ...signedIn };
    const first = await fixture.runExample('publish.oci', more);
    expect(first.outcome()).toBe('succeeded');
    const { digest, published } = first.stage().outputs;
    expect(published).toBe('true');
    const stored = await get('/v2/team/shop/manifests/1.4.0', 'application/vnd.oci.image.manifest.v1+json');
    const bytes = Buffer.from(await stored.arrayBuffer());
    expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(digest);
    expect(JSON.parse(bytes.toString())).toMatchObject({ artifactType: 'application/vnd.example.shop' });

    const again = await fixture.runExample('publish.oci', more);
    expect(again.stage().outputs).toMatchObject({ digest, published: 'false' });
  });

  it('refuses to move a tag to other content, unless it is told to', async () => {
    await publish({ to: `${registry.host}/team/fixed:1.0.0` });
    fixture.write('dist/other.tgz', 'another shop');
    const other = { to: `${registry.host}/team/fixed:1.0.0`, paths: 'dist/other.tgz' };
    expect((await publish(other)).outcome()).toMatch(
      /^failed: .*team\/fixed:1\.0\.0 is there already, with other/,
    );
    expect((await publish({ ...other, immutable: false })).outcome()).toBe('succeeded');
  });

  it('lists what belongs to a manifest under the tag of the specification', async () => {
    const shop = await publish({ to: `${registry.host}/team/signed:1.0.0` });
    const digest = shop.stage().outputs['digest'] ?? '';
    const bill = await publish({
      to: `${registry.host}/team/signed:1.0.0-sbom`,
      subject: digest,
      'artifact-type': 'application/vnd.cyclonedx+json',
    });
    expect(bill.outcome()).toBe('succeeded');
    const index = await get(
      `/v2/team/signed/manifests/${digest.replace(':', '-')}`,
      'application/vnd.oci.image.index.v1+json',
    );
    expect(await index.json()).toMatchObject({
      manifests: [{ digest: bill.stage().outputs['digest'], artifactType: 'application/vnd.cyclonedx+json' }],
    });
  });

  it('says who is not let in, without trying again', async () => {
    const run = await publish({ username: '', password: '' });
    expect(run.outcome()).toMatch(
      /^infra-error: The registry 127.* refused to let anyone into .*: 401 .*credential/,
    );
    const wrong = await publish({ password: 'wrong-password' });
    expect(wrong.outcome()).toMatch(/^infra-error: The registry 127.*401/);
  });

  it('sends nothing in a dry run', async () => {
    const run = await publish({ to: `${registry.host}/team/dry:1.0.0`, 'dry-run': true });
    expect(run.outcome()).toBe('succeeded');
    expect(await run.log()).toMatch(/would send dist\/shop\.tgz/);
    expect((await get('/v2/team/dry/manifests/1.0.0')).status).toBe(404);
  });

  it('could not judge when no file matches', async () => {
    expect((await publish({ paths: 'none/*' })).outcome()).toMatch(
      /^infra-error: Nothing was checked: no file/,
    );
  });

  it('tries again what a server fails at, and goes on where a transfer was cut', async () => {
    await using proxy = await startFaultProxy(registry.host);
    fixture.write('dist/large.bin', randomBytes(24 * 1024 * 1024));
    const failing = failFirst(/^PATCH/, [
      { type: 'answer', status: 500 },
      { type: 'cut-request', afterBytes: 3_000_000 },
    ]);
    const flaky = failFirst(/^HEAD|^PUT .*manifests/, [
      { type: 'answer', status: 503 },
      { type: 'slow', ms: 20 },
    ]);
    proxy.plan = (request) => failing(request) ?? flaky(request);
    const run = await publish({ to: `${proxy.host}/team/large:1`, paths: 'dist/large.bin' });
    expect(run.outcome()).toBe('succeeded');
    expect(await run.log()).toMatch(/trying again in/);
  });

  it('gives up on a server that fails to the last', async () => {
    await using proxy = await startFaultProxy(registry.host);
    proxy.plan = () => ({ type: 'answer', status: 500 });
    const run = await publish({ to: `${proxy.host}/team/down:1`, retries: 1 });
    expect(run.outcome()).toMatch(/^infra-error: the registry 127.* answered 500 .*\(after 2 tries\)/i);
  });

  it.each([
    [403, /refused to .*: 403 .*may not/],
    [409, /refused to .*: 409/],
  ])('says what %i means', async (status, words) => {
    await using proxy = await startFaultProxy(registry.host);
    proxy.plan = failFirst(/^POST/, [{ type: 'answer', status, body: '{"errors":[{"message":"no way"}]}' }]);
    fixture.write('dist/new.tgz', `new ${status}`);
    const run = await publish({ to: `${proxy.host}/team/said:${status}`, paths: 'dist/new.tgz' });
    expect(run.outcome()).toMatch(words);
    expect(run.outcome()).toContain('no way');
  });

  it('notices content that comes back as another', async () => {
    await using proxy = await startFaultProxy(registry.host);
    proxy.plan = failFirst(/^GET .*blobs\/sha256/, [{ type: 'answer', status: 200, body: 'something else' }]);
    const run = await publish({ to: `${proxy.host}/team/wrong:1` });
    expect(run.outcome()).toMatch(/^infra-error: .* gives other content back for dist\/shop\.tgz/);
  });

  it('leaves its password in no file and no log', async () => {
    const run = await publish({ to: `${registry.host}/team/secret:1.0.0` });
    expect(await run.log()).not.toContain(registry.password);
    expect(filesWith(fixture.dir, registry.password)).toEqual([]);
  });
});

/** The files below a folder that hold a text. */
function filesWith(dir: string, text: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => existsSync(file) && readFileSync(file).includes(text));
}
