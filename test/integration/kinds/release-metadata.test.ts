import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture, type StageText } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
  fixture.write('dist/shop.tgz', 'the shop');
  fixture.write(
    'package.json',
    JSON.stringify({ name: 'shop', version: '1.0.0', dependencies: { left: '1.0.0' } }),
  );
  const left = {
    version: '1.0.0',
    resolved: 'http://127.0.0.1:9/left.tgz',
    license: 'MIT',
    integrity: 'sha512-eA==',
  };
  fixture.write(
    'package-lock.json',
    JSON.stringify({
      ...{ name: 'shop', version: '1.0.0', lockfileVersion: 3, requires: true },
      packages: {
        '': { name: 'shop', version: '1.0.0', dependencies: { left: '1.0.0' } },
        'node_modules/left': left,
      },
    }),
  );
});
afterEach(() => fixture[Symbol.asyncDispose]());

const describeIt = (settings: StageText = {}) =>
  fixture.runStage({ uses: 'release.metadata', with: { subjects: 'dist/*.tgz', ...settings } });
const verify = (settings: StageText = {}) =>
  fixture.runStage({
    uses: 'release.verify',
    with: { subjects: 'dist/*.tgz', 'public-key': 'provenance.intoto.jsonl.pub.pem', ...settings },
  });

describe('release.metadata', () => {
  it.skipIf(isMissing('npm'))(
    'makes the bill and the provenance of the example, with a key of its own',
    async () => {
      const run = await fixture.runExample('release.metadata');
      expect(run.outcome()).toBe('succeeded');
      expect(run.report('sbom')?.components).toMatchObject([{ name: 'left', version: '1.0.0' }]);
      const keyId = run.stage().outputs['key-id'];
      expect(run.report('provenance')).toMatchObject({
        subjects: [{ name: 'dist/shop.tgz' }],
        keyId,
        verified: true,
      });
      expect(run.stage().artifacts).toMatchObject([{ name: 'metadata', fileCount: 3 }]);
      const key = path.join(fixture.dir, 'data/keys/provenance.pem');
      if (process.platform !== 'win32') expect(statSync(key).mode & 0o777).toBe(0o600);
      expect(readdirSync(path.dirname(key))).toEqual(['provenance.pem']);
      expect((await describeIt()).stage().outputs['key-id']).toBe(keyId);
    },
  );

  it.skipIf(isMissing('cyclonedx-npm'))('makes the bill by cyclonedx-npm, too', async () => {
    const run = await describeIt({ sbom: 'cyclonedx-npm' });
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('sbom')?.components.map(({ name }) => name)).toContain('left');
  });

  it('reads lock files of other worlds, signed with a key of the vault that shows up nowhere', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await fixture.host.vault.set('SIGNING_KEY', { type: 'global' }, pem);
    fixture.write('Cargo.lock', '[[package]]\nname = "serde"\nversion = "1.0.0"\nsource = "registry"\n');
    fixture.write('requirements.txt', 'Flask_Login==0.6.3\nrequests>=2\n');
    fixture.write('go.mod', 'module x\n\nrequire (\n\tgolang.org/x/net v0.1.0\n)\n');
    const run = await fixture.runStage({
      uses: 'release.metadata',
      secrets: ['SIGNING_KEY'],
      with: { subjects: 'dist/*.tgz', sbom: 'lock-files', 'signing-key': '${{ secrets.SIGNING_KEY }}' },
    });
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('sbom')?.components.map(({ purl }) => purl)).toEqual([
      'pkg:cargo/serde@1.0.0',
      'pkg:golang/golang.org/x/net@v0.1.0',
      'pkg:pypi/flask-login@0.6.3',
    ]);
    const inner = pem.split('\n')[1] ?? '';
    const texts = readdirSync(fixture.dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'));
    expect(texts.filter((text) => text.includes(inner))).toEqual([]);
  });

  it('could not judge without files or without a lock file, and refuses a key that is none', async () => {
    expect((await describeIt({ subjects: 'none' })).outcome()).toMatch(/^infra-error: Nothing was checked/);
    expect((await describeIt({ sbom: 'lock-files' })).outcome()).toMatch(/^infra-error: No lock file/);
    const bad = await describeIt({ sbom: 'none', 'signing-key': 'not-a-key' });
    expect(bad.outcome()).toMatch(/^failed: The signing key is no Ed25519 key in PEM/);
    expect((await describeIt({ sbom: 'none', 'provenance-file': '../x' })).outcome()).toMatch(
      /not inside of the workspace/,
    );
  });
});

describe('release.verify', () => {
  it('accepts the files of the example that are as they were signed', async () => {
    await describeIt({ sbom: 'none' });
    fixture.write('keys/release.pub.pem', fixture.read('provenance.intoto.jsonl.pub.pem'));
    const run = await fixture.runExample('release.verify');
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('provenance')).toMatchObject({ verified: true });
  });

  it('fails on a changed file, a changed statement, another key and another source', async () => {
    await describeIt({ sbom: 'none' });
    expect((await verify({ source: 'git+https://elsewhere.example/x' })).outcome()).toMatch(
      /^failed: .*it was not made from/,
    );
    const signed = fixture.read('provenance.intoto.jsonl');
    const envelope = JSON.parse(signed) as { payload: string };
    const payload = Buffer.from(envelope.payload, 'base64').toString().replace('pipewright.yml', 'evil.yml');
    fixture.write(
      'provenance.intoto.jsonl',
      JSON.stringify({ ...envelope, payload: Buffer.from(payload).toString('base64') }),
    );
    expect((await verify()).outcome()).toMatch(/^failed: The signature does not fit/);
    fixture.write('provenance.intoto.jsonl', signed);
    const { publicKey } = generateKeyPairSync('ed25519');
    const other = String(publicKey.export({ type: 'spki', format: 'pem' }));
    expect((await verify({ 'public-key': other })).outcome()).toMatch(/^failed: The signature does not fit/);
    fixture.write('dist/shop.tgz', 'another shop');
    fixture.write('dist/more.tgz', 'more');
    expect((await verify()).outcome()).toMatch(
      /more\.tgz is not named in it; dist\/shop\.tgz has other content/,
    );
  });
});
