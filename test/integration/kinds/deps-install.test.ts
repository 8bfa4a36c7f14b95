import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture({ env: { npm_config_update_notifier: 'false' } });
});
afterEach(() => fixture[Symbol.asyncDispose]());

const install = (settings: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
  fixture.runStage({ uses: 'deps.install', with: settings, ...more });
const inProject = (command: string, ...args: string[]): void => {
  execFileSync(command, args, { cwd: fixture.projectDir, stdio: 'ignore' });
};

describe('deps.install with npm', () => {
  beforeEach(() => {
    const packed = path.join(fixture.projectDir, 'packed');
    mkdirSync(packed);
    fixture.write('packed/package.json', '{"name":"small","version":"1.0.0","main":"index.js"}');
    fixture.write('packed/index.js', 'module.exports = 42;');
    inProject('npm', 'pack', './packed', '--pack-destination', '.');
    fixture.write(
      'package.json',
      '{"name":"shop","version":"1.0.0","dependencies":{"small":"file:small-1.0.0.tgz"}}',
    );
    inProject('npm', 'install', '--package-lock-only', '--offline', '--no-audit');
  });

  it('installs what the lock file names as its example does', async () => {
    const run = await fixture.runExample('deps.install');
    expect(run.outcome()).toBe('succeeded');
    const hash = createHash('sha256').update(fixture.read('package-lock.json')).digest('hex');
    expect(run.stage().outputs).toMatchObject({ manager: 'npm', packages: '1', 'lock-hash': hash });
    expect(fixture.read('node_modules/small/index.js')).toContain('42');
    expect(run.report('metrics')).toMatchObject({ metrics: [{ name: 'dependencies.packages', value: 1 }] });
  });

  it('fails when a package has not the content that the lock file says', async () => {
    const lock = fixture.read('package-lock.json');
    fixture.write('package-lock.json', lock.replace(/sha512-\w{8}/, 'sha512-AAAAAAAA'));
    expect((await install()).outcome()).toMatch(/^failed: A package is not what package-lock\.json says/);
  });

  it('fails when the manifest has moved on, or there is no lock file', async () => {
    fixture.write(
      'package.json',
      '{"name":"shop","version":"1.0.0","dependencies":{"small":"file:small-1.0.0.tgz","other":"file:./packed"}}',
    );
    expect((await install({ offline: true })).outcome()).toMatch(
      /^failed: package-lock\.json does not fit its manifest/,
    );
    expect((await install({ manager: 'yarn' })).outcome()).toMatch(
      /^failed: The folder of stage it has no lock file/,
    );
    fixture.write('other/package.json', '{}');
    const without = await install({}, { 'working-directory': 'other' });
    expect(without.outcome()).toMatch(
      /^failed: There is no package-lock\.json, so npm could install anything/,
    );
  });
});

describe.skipIf(isMissing('cargo'))('deps.install with Cargo', () => {
  it('fetches what is locked, and fails when the manifest has moved on', async () => {
    fixture.write('Cargo.toml', '[package]\nname = "shop"\nversion = "1.0.0"\nedition = "2021"\n');
    fixture.write('src/lib.rs', '');
    inProject('cargo', 'generate-lockfile', '--offline');
    const run = await install({ offline: true });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({ manager: 'cargo', packages: '1' });
    fixture.write('inner/Cargo.toml', '[package]\nname = "inner"\nversion = "1.0.0"\nedition = "2021"\n');
    fixture.write('inner/src/lib.rs', '');
    fixture.write('Cargo.toml', `${fixture.read('Cargo.toml')}[dependencies]\ninner = { path = "inner" }\n`);
    expect((await install({ offline: true })).outcome()).toMatch(
      /^failed: Cargo\.lock does not fit its manifest/,
    );
  });
});

describe.skipIf(isMissing('python3'))('deps.install with pip', () => {
  it('installs by hashes into .venv, and refuses another content', async () => {
    const make = [
      'import zipfile',
      "z = zipfile.ZipFile('small-1.0-py3-none-any.whl', 'w')",
      "z.writestr('small.py', 'answer = 42')",
      "z.writestr('small-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: small\\nVersion: 1.0\\n')",
      "z.writestr('small-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')",
      "z.writestr('small-1.0.dist-info/RECORD', '')",
      'z.close()',
    ];
    inProject('python3', '-c', make.join('\n'));
    const wheel = readFileSync(path.join(fixture.projectDir, 'small-1.0-py3-none-any.whl'));
    const hash = createHash('sha256').update(wheel).digest('hex');
    const env = { PIP_FIND_LINKS: fixture.projectDir, PIP_NO_CACHE_DIR: '1' };
    fixture.write('requirements.txt', `small==1.0 --hash=sha256:${hash}\n`);
    const run = await install({ offline: true }, { env });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({ manager: 'pip', packages: '1' });
    expect(existsSync(path.join(fixture.projectDir, '.venv'))).toBe(true);
    fixture.write('requirements.txt', `small==1.0 --hash=sha256:${'0'.repeat(64)}\n`);
    const other = await install({ offline: true }, { env });
    expect(other.outcome()).toMatch(/^failed: (A package is not what requirements\.txt says)/);
  });
});
