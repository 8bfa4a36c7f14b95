import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const NPM = 'https://packages.example.org';

/** A lock with one package, `a`, and what else is said of it. */
function project(entry: Readonly<Record<string, unknown>> = {}, locked = '^1.0.0'): void {
  const root = { name: 'own', version: '1.0.0', main: 'index.js', dependencies: { a: '^1.0.0' } };
  fixture.write('package.json', JSON.stringify(root));
  fixture.write('index.js', 'import "a";\n');
  const a = { version: '1.2.0', resolved: `${NPM}/a/-/a-1.2.0.tgz`, integrity: 'sha512-AAAA', ...entry };
  const packages = { '': { ...root, dependencies: { a: locked } }, 'node_modules/a': a };
  fixture.write('package-lock.json', JSON.stringify({ ...root, lockfileVersion: 3, packages }));
}

const run = (settings: Record<string, unknown> = {}) =>
  fixture.runStage({ uses: 'test.deps', with: settings });

describe('test.deps', () => {
  it('passes where every package keeps the rules', async () => {
    project();
    const result = await fixture.runExample('test.deps');
    expect(result.outcome()).toBe('succeeded');
    expect(result.report('tests')).toMatchObject({ total: 6, passed: 6 });
    expect(result.report('findings')?.checked).toBe(1);
  });

  it.each([
    [
      'a foreign registry',
      { resolved: 'https://npm.evil.example/a.tgz' },
      'a comes from npm.evil.example, which is not allowed.',
    ],
    ['a package without a checksum', { integrity: 'sha1-AAAA' }, 'a has no checksum of SHA-256 or better.'],
    [
      'an unknown install script',
      { hasInstallScript: true },
      'a runs a script when it is installed, and is not among `install-scripts`.',
    ],
    ['a banned version', { version: '1.3.1' }, 'a is banned: broken; use b.'],
  ])('fails on %s', async (_name, entry, message) => {
    project(entry);
    const banned = [{ package: 'a@>=1.3 <2', reason: 'broken', instead: 'b' }];
    const result = await run({ registries: ['packages.example.org'], 'install-scripts': ['x'], banned });
    expect(result.outcome()).toBe('failed: 1 finding (1 high)');
    expect(result.report('findings')?.findings[0]).toMatchObject({ message, file: 'package-lock.json' });
    expect(result.report('tests')).toMatchObject({ total: 6, failed: 1 });
  });

  it('fails on a lock that does not fit to its manifest, and on an unused dependency', async () => {
    project({}, '^2.0.0');
    fixture.write('index.js', 'import "b";\n');
    const result = await run({ unused: true });
    expect(result.outcome()).toBe('failed: 3 findings (1 high, 2 medium)');
    expect(result.report('findings')?.findings.map(({ message }) => message)).toEqual([
      'a is ^1.0.0 in package.json (dependencies) and ^2.0.0 in the lock.',
      'a is a dependency, and nothing uses it.',
      'b is used, and is no dependency.',
    ]);
  });

  it('shows a deprecated package, and fails on it when that is asked', async () => {
    project({ deprecated: 'use b' });
    expect((await run()).outcome()).toBe('succeeded');
    expect((await run({ deprecated: 'fail' })).outcome()).toBe('failed: 1 finding (1 high)');
  });

  it('reads Cargo.lock', async () => {
    const registry = 'source = "registry+https://github.com/rust-lang/crates.io-index"';
    fixture.write(
      'Cargo.lock',
      [
        'version = 3',
        '[[package]]\nname = "own"\nversion = "0.1.0"',
        `[[package]]\nname = "good"\nversion = "1.0.0"\n${registry}\nchecksum = "aa"`,
        `[[package]]\nname = "bad"\nversion = "2.0.0"\n${registry}`,
      ].join('\n\n'),
    );
    const result = await run({ registries: ['https://github.com/rust-lang/'] });
    expect(result.report('findings')).toMatchObject({ checked: 2, findings: [{ package: 'bad@2.0.0' }] });
  });

  it('could not judge without a lock, with a broken one, or without knip', async () => {
    expect((await run()).outcome()).toMatch(/^infra-error: Nothing was checked: there is no lock file/);
    expect((await run({ 'allow-empty': true })).outcome()).toBe('succeeded');
    project();
    const missing = await fixture.runStage({
      uses: 'test.deps',
      with: { unused: true },
      env: { PATH: '/nonexistent' },
    });
    expect(missing.outcome()).toMatch(
      /^infra-error: No tool is there to find unused dependencies: knip was not found/,
    );
    fixture.write('package-lock.json', '{"lockfileVersion":1,');
    expect((await run()).outcome()).toMatch(/^infra-error: package-lock\.json cannot be read as a lock file/);
  });
});
