import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture, type StageText } from './kind-fixture.ts';
import { failFirst, startFaultProxy } from './peers/fault-proxy.ts';
import { startVerdaccio, type TestVerdaccio } from './peers/verdaccio.ts';

describe.skipIf(isMissing('verdaccio', 'htpasswd', 'npm'))('publish.npm', () => {
  let fixture: KindFixture;
  let registry: TestVerdaccio;
  beforeAll(async () => {
    fixture = await createKindFixture();
    registry = await startVerdaccio();
    const { vault } = fixture.host;
    await vault.set('NPM_TOKEN', { type: 'global' }, registry.token);
    await vault.set('NPM_PASSWORD', { type: 'global' }, registry.password);
  });
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  });

  const secrets = ['NPM_TOKEN', 'NPM_PASSWORD'];
  const write = (name: string, version: string, text = 'the shop') => {
    fixture.write('package.json', JSON.stringify({ name, version, files: ['index.js'] }));
    fixture.write('index.js', text);
  };
  const publish = (settings: StageText = {}, host = registry.host) =>
    fixture.runStage({
      uses: 'publish.npm',
      secrets,
      with: { registry: `http://${host}/`, token: '${{ secrets.NPM_TOKEN }}', ...settings },
    });

  it('publishes the example, and a second time finds it there', async () => {
    write('shop', '1.0.0');
    const more = { env: { NPM_REGISTRY: `http://${registry.host}` }, secrets };
    const first = await fixture.runExample('publish.npm', more);
    expect(first.outcome()).toBe('succeeded');
    expect(first.stage().outputs).toMatchObject({ name: 'shop', version: '1.0.0', published: 'true' });
    const stored = await fetch(`http://${registry.host}/shop`, {
      headers: { authorization: `Bearer ${registry.token}` },
    });
    expect(await stored.json()).toMatchObject({ 'dist-tags': { next: '1.0.0' } });
    const again = await fixture.runExample('publish.npm', more);
    expect(again.stage().outputs).toMatchObject({ published: 'false' });
  });

  it('publishes by a password, and a tarball that was packed before', async () => {
    write('@team/shop', '2.0.0');
    execFileSync('npm', ['pack'], { cwd: fixture.projectDir, stdio: 'ignore' });
    const run = await publish({
      package: 'team-shop-2.0.0.tgz',
      token: '',
      username: 'ci',
      password: '${{ secrets.NPM_PASSWORD }}',
    });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({ name: '@team/shop', version: '2.0.0', published: 'true' });
  });

  it('fails when the version is there with other content', async () => {
    write('fixed', '1.0.0');
    await publish();
    write('fixed', '1.0.0', 'something else');
    expect((await publish()).outcome()).toMatch(
      /^failed: fixed 1\.0\.0 is in the registry already, with other content/,
    );
  });

  it('says who is not let in and who may not publish', async () => {
    write('closed', '1.0.0');
    expect((await publish({ token: '' })).outcome()).toMatch(/^infra-error: .*refused .*401.*credential/);
    const bob = { token: '', username: 'bob', password: '${{ secrets.NPM_PASSWORD }}' };
    expect((await publish(bob)).outcome()).toMatch(
      /^infra-error: .*refused closed 1\.0\.0: whoever publishes may not/,
    );
  });

  it('says of a version that somebody else published meanwhile that it is taken', async () => {
    write('raced', '1.0.0');
    await publish();
    write('raced', '1.0.0', 'something else');
    await using proxy = await startFaultProxy(registry.host);
    proxy.plan = failFirst(/^GET \/raced/, [{ type: 'answer', status: 404 }]);
    expect((await publish({}, proxy.host)).outcome()).toMatch(/^failed: .*was published before\./);
  });

  it('tries again what the server fails at, and does not publish twice what had arrived', async () => {
    write('flaky', '1.0.0');
    await using proxy = await startFaultProxy(registry.host);
    const failing = failFirst(/^PUT \/flaky/, [{ type: 'answer', status: 500 }]);
    const cut = failFirst(/^GET .*\.tgz/, [{ type: 'cut-answer', afterBytes: 20 }]);
    proxy.plan = (request) => failing(request) ?? cut(request);
    const run = await publish({}, proxy.host);
    expect(run.outcome()).toBe('succeeded');
    expect(await run.log()).toMatch(/trying again in/);
  });

  it('sends nothing in a dry run', async () => {
    write('dry', '1.0.0');
    const run = await publish({ 'dry-run': true });
    expect(await run.log()).toMatch(/would publish dry 1\.0\.0/);
    expect(run.stage().outputs['published']).toBe('false');
  });

  it('refuses a registry that is none, and a package outside of the workspace', async () => {
    expect((await publish({ registry: '--scope=x' })).outcome()).toMatch(/^failed: `registry`/);
    expect((await publish({ package: '../other' })).outcome()).toMatch(/not inside of the workspace/);
  });

  it('leaves its token in no file, no log and not with the scripts of the package', async () => {
    fixture.write(
      'package.json',
      JSON.stringify({ name: 'quiet', version: '1.0.0', scripts: { prepare: 'env > seen.txt' } }),
    );
    const run = await publish();
    expect(run.outcome()).toBe('succeeded');
    expect(await run.log()).not.toContain(registry.token);
    expect(fixture.read('seen.txt')).toContain('npm_lifecycle_event=prepare');
    for (const dir of [fixture.dir, ...privateFolders()]) expect(filesWith(dir, registry.token)).toEqual([]);
  });
});

const privateFolders = (): string[] =>
  readdirSync(os.tmpdir())
    .filter((name) => name.startsWith('pipewright-publish-'))
    .map((name) => path.join(os.tmpdir(), name));

function filesWith(dir: string, text: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => existsSync(file) && readFileSync(file).includes(text));
}
