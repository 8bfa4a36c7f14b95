import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';
import { type NpmRegistry, startNpmRegistry } from './npm-registry.ts';

let fixture: KindFixture;
let registry: NpmRegistry;
beforeAll(async () => {
  registry = await startNpmRegistry();
  fixture = await createKindFixture();
  await registry.publish('lodash', '4.17.15');
  await registry.publish('lodash', '4.17.21');
  await registry.publish('react', '17.0.2');
  await registry.publish('react', '18.2.0');
  await registry.publish('widget', '1.0.0', { peerDependencies: { react: '^18.0.0' } });
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});
beforeEach(() => {
  const left = ['node_modules', 'package-lock.json', 'deps.patch', 'package.json'];
  for (const name of left) rmSync(path.join(fixture.projectDir, name), { recursive: true, force: true });
  fixture.write('.npmrc', `registry=${registry.url}\n`);
});

const project = (dependencies: Record<string, string>) =>
  fixture.write('package.json', JSON.stringify({ name: 'app', version: '1.0.0', dependencies }));
const npm = (...args: string[]) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund'], { cwd: fixture.projectDir, stdio: 'pipe' });
const installed = (name: string, version: string, more: Record<string, unknown> = {}) =>
  fixture.write(`node_modules/${name}/package.json`, JSON.stringify({ name, version, ...more }));
const run = (uses: string, settings: Record<string, unknown> = {}) =>
  fixture.runStage({ uses, with: settings });
const rulesOf = (done: Awaited<ReturnType<typeof run>>) =>
  done.report('findings')?.findings.map(({ ruleId }) => ruleId);

describe('deps.graph', () => {
  it('lists what npm installed, with figures for trends', async () => {
    project({ lodash: '4.17.15', react: '^18.0.0', widget: '^1.0.0' });
    npm('install');
    const done = await fixture.runExample('deps.graph');
    expect(done.outcome()).toBe('succeeded');
    expect(done.report('sbom')?.components.map(({ purl }) => purl)).toEqual([
      'pkg:npm/lodash@4.17.15',
      'pkg:npm/react@18.2.0',
      'pkg:npm/widget@1.0.0',
    ]);
    expect(done.report('sbom')?.dependencies).toContainEqual({
      ...{ from: 'pkg:npm/widget@1.0.0', to: ['pkg:npm/react@18.2.0'] },
    });
    expect(done.report('metrics')?.metrics).toMatchObject([
      { name: 'deps.total', value: 3 },
      { name: 'deps.direct', value: 3 },
      { name: 'deps.duplicates', value: 0 },
      { name: 'deps.depth', value: 1 },
    ]);
    expect(done.stage().outputs).toMatchObject({ manager: 'npm', total: '3' });
  });

  it('fails on missing and invalid packages, and could not judge without any', async () => {
    project({ gone: '^1.0.0', react: '^17.0.0', widget: '^1.0.0' });
    installed('react', '17.0.2');
    installed('left', '2.0.0');
    installed('widget', '1.0.0', { peerDependencies: { react: '^18.0.0' } });
    const done = await run('deps.graph');
    expect(done.outcome()).toBe('failed: 2 findings (2 high)');
    expect(rulesOf(done)?.sort()).toEqual(['extraneous', 'invalid', 'missing']);
    expect((await run('deps.graph', { 'fail-on': 'never' })).outcome()).toBe('succeeded');
    rmSync(path.join(fixture.projectDir, 'node_modules'), { recursive: true });
    project({});
    expect((await run('deps.graph')).outcome()).toMatch(/^infra-error: Nothing was checked: npm knows/);
    expect((await run('deps.graph', { 'allow-empty': true })).outcome()).toBe('succeeded');
  });

  it.skipIf(isMissing('cargo'))('asks Cargo, too', async () => {
    fixture.write(
      'rs/Cargo.toml',
      '[package]\nname="r"\nversion="0.1.0"\nedition="2021"\n[dependencies]\nl={path="l"}\n',
    );
    fixture.write('rs/src/main.rs', 'fn main() {}\n');
    fixture.write('rs/l/Cargo.toml', '[package]\nname="l"\nversion="0.2.0"\nedition="2021"\nlicense="MIT"\n');
    fixture.write('rs/l/src/lib.rs', '');
    const done = await fixture.runStage({
      ...{ uses: 'deps.graph', 'working-directory': 'rs', with: { manager: 'cargo' } },
    });
    expect(done.outcome()).toBe('succeeded');
    expect(done.report('sbom')?.components).toMatchObject([
      { name: 'l', version: '0.2.0', licenses: ['MIT'], direct: true },
    ]);
  });

  it.skipIf(isMissing('go'))('asks Go, too', async () => {
    const needs = 'require example.invalid/left v1.0.0\n\nreplace example.invalid/left => ./left\n';
    fixture.write('go/go.mod', `module shop\n\ngo 1.19\n\n${needs}`);
    fixture.write('go/main.go', 'package main\n\nimport _ "example.invalid/left"\n\nfunc main() {}\n');
    fixture.write('go/left/go.mod', 'module example.invalid/left\n\ngo 1.19\n');
    fixture.write('go/left/left.go', 'package left\n');
    const done = await fixture.runStage({
      ...{ uses: 'deps.graph', 'working-directory': 'go', with: {} },
      env: { GOPROXY: 'off', GOFLAGS: '-mod=mod' },
    });
    expect(done.outcome()).toBe('succeeded');
    expect(done.stage().outputs).toMatchObject({ manager: 'go', total: '1' });
    expect(done.report('sbom')).toMatchObject({
      subject: { name: 'shop' },
      components: [{ name: 'example.invalid/left', version: 'v1.0.0', direct: true }],
    });
  });
});

describe('deps.outdated', () => {
  it('tells how far each dependency is behind', async () => {
    project({ lodash: '4.17.15', react: '^17.0.0' });
    npm('install');
    const done = await fixture.runExample('deps.outdated');
    expect(done.outcome()).toBe('succeeded');
    expect(done.report('findings')?.findings).toMatchObject([
      { ruleId: 'outdated-patch', severity: 'info', package: 'lodash@4.17.15' },
      { ruleId: 'outdated-major', severity: 'medium', package: 'react@17.0.2' },
    ]);
    expect(done.report('metrics')?.metrics).toContainEqual(
      expect.objectContaining({ name: 'deps.majors-behind', value: 1 }),
    );
    expect(done.stage().outputs).toMatchObject({ outdated: '2', names: 'lodash,react' });
    const strict = await run('deps.outdated', { 'max-majors-behind': 0 });
    expect(strict.outcome()).toBe(
      'failed: Too far behind: react is at 17.0.2, and 18.2.0 is out: a major version ahead.',
    );
    expect((await run('deps.outdated', { 'max-outdated': 0, ignore: ['react'] })).outcome()).toBe(
      'failed: 1 are outdated, and 0 may be',
    );
  });

  it('could not judge when the registry does not answer', async () => {
    project({ lodash: '4.17.15' });
    fixture.write('.npmrc', 'registry=http://127.0.0.1:9/\n');
    expect((await run('deps.outdated')).outcome()).toMatch(
      /^infra-error: npm could not ask its registry to look for newer versions: .*ECONNREFUSED/,
    );
  });
});

describe('deps.conflicts', () => {
  it('finds nothing where all fit together', async () => {
    project({ react: '^18.0.0', widget: '^1.0.0' });
    npm('install', '--package-lock-only');
    const done = await fixture.runExample('deps.conflicts');
    expect(done.outcome()).toBe('succeeded');
    expect(done.stage().outputs).toMatchObject({ conflicts: '0', duplicates: '0' });
  });

  it('fails on peers that clash', async () => {
    project({ react: '^17.0.0', widget: '^1.0.0' });
    npm('install', '--package-lock-only', '--legacy-peer-deps');
    const done = await run('deps.conflicts', { from: 'lock' });
    expect(done.outcome()).toBe('failed: 1 finding (1 high)');
    expect(done.report('findings')?.findings[0]).toMatchObject({
      ...{ ruleId: 'invalid', package: 'react@17.0.2' },
    });
  });

  it('writes a lock with fewer versions, and a patch of it', async () => {
    await registry.publish('uses-lodash', '1.0.0', { dependencies: { lodash: '^4.17.0' } });
    project({ lodash: '4.17.15', 'uses-lodash': '1.0.0' });
    npm('install', '--package-lock-only');
    const lock = JSON.parse(fixture.read('package-lock.json')) as { packages: Record<string, unknown> };
    const other = { version: '4.17.21', resolved: `${registry.url}lodash/-/lodash-4.17.21.tgz` };
    lock.packages['node_modules/uses-lodash/node_modules/lodash'] = other;
    fixture.write('package-lock.json', JSON.stringify(lock, null, 2));
    const reported = await run('deps.conflicts', { from: 'lock', 'fail-on': 'low' });
    expect(reported.outcome()).toBe('failed: 1 finding (1 low)');
    const fixed = await run('deps.conflicts', { mode: 'fix', 'fail-on': 'low' });
    expect(fixed.outcome()).toBe('succeeded');
    expect(fixed.stage().artifacts).toMatchObject([{ name: 'deps.patch' }]);
    expect(fixture.read('package-lock.json')).not.toContain('uses-lodash/node_modules');
    expect(fixture.read('deps.patch')).toContain('--- a/package-lock.json');
  });
});

describe.skipIf(process.platform === 'win32')('deps.conflicts for Maven', () => {
  const mvn = (text: string, code: number) => {
    fixture.write('mv/pom.xml', '<project/>');
    fixture.write('mv/bin/mvnw', `#!/bin/sh\ncat <<'END'\n${text}\nEND\nexit ${code}\n`);
    chmodSync(path.join(fixture.projectDir, 'mv/bin/mvnw'), 0o755);
    const PATH = `${fixture.projectDir}/mv/bin:${process.env['PATH']}`;
    const stage = { uses: 'deps.conflicts', 'working-directory': 'mv', env: { PATH } };
    return fixture.runStage(stage);
  };

  it('fails on versions that do not converge, and could not judge when Maven could not work', async () => {
    const done = await mvn(
      [
        '[INFO] --- maven-enforcer-plugin:3.5.0:enforce (default-cli) @ app ---',
        '[ERROR] Dependency convergence error for org.z:api:jar:1.6.1 paths to dependency are:',
        ...['[ERROR] +-com.x:app:jar:1.0', '[ERROR]   +-org.z:api:jar:1.6.1:compile', '[ERROR] and'],
        ...['[ERROR] +-com.x:app:jar:1.0', '[ERROR]   +-org.z:api:jar:1.6.0:compile'],
      ].join('\n'),
      1,
    );
    expect(done.outcome()).toBe('failed: 1 finding (1 high)');
    expect(done.report('findings')?.findings).toMatchObject([{ tool: 'mvn', package: 'org.z:api' }]);
    expect((await mvn('[INFO] maven-enforcer-plugin ran', 0)).outcome()).toBe('succeeded');
    expect((await mvn('[ERROR] Could not transfer artifact.', 1)).outcome()).toMatch(
      /^infra-error: mvn could not look for conflicts: Could not transfer artifact\./,
    );
    expect((await mvn('', 0)).outcome()).toMatch(/^infra-error: mvn could not look for conflicts/);
  });
});

describe('deps.manage', () => {
  it('sets a version, writes the lock and a patch that git applies', async () => {
    project({ lodash: '4.17.15' });
    npm('install', '--package-lock-only');
    const before = fixture.read('package-lock.json');
    const done = await fixture.runExample('deps.manage');
    expect(done.outcome()).toBe('succeeded');
    expect(fixture.read('package.json')).toMatch(/"lodash": ?"\^4\.17\.21"/);
    expect(done.stage().outputs).toMatchObject({ changed: 'true', patch: 'deps.patch' });
    expect(done.stage().outputs['lock-hash']).toMatch(/^[0-9a-f]{64}$/);
    expect(done.stage().artifacts).toMatchObject([{ name: 'deps.patch' }]);
    execFileSync('git', ['apply', '-R', 'deps.patch'], { cwd: fixture.projectDir, stdio: 'pipe' });
    expect(fixture.read('package-lock.json')).toBe(before);
    expect(existsSync(path.join(fixture.projectDir, 'node_modules'))).toBe(false);
  });

  it('leaves all as it was when a version is not there, and refuses what is an option or a path', async () => {
    project({ lodash: '4.17.15' });
    npm('install', '--package-lock-only');
    const before = fixture.read('package-lock.json');
    const done = await run('deps.manage', { updates: ['lodash@^9.0.0'] });
    expect(done.outcome()).toMatch(
      /^failed: npm could not set the versions \(ETARGET\): No matching version/,
    );
    expect(fixture.read('package-lock.json')).toBe(before);
    const refused = (updates: string) => run('deps.manage', { updates: [updates] });
    expect((await refused('--global')).outcome()).toMatch(/^failed: .*updates\.0: must not begin with `-`/);
    expect((await refused('x@file:../y')).outcome()).toMatch(/updates\.0: must be a name with a version/);
  });

  it('keeps the files on request, and fails when nothing had to be done', async () => {
    project({ lodash: '4.17.15' });
    npm('install', '--package-lock-only');
    const before = fixture.read('package.json');
    const done = await run('deps.manage', { updates: ['lodash@4.17.21'], keep: false });
    expect(done.outcome()).toBe('succeeded');
    expect(done.stage().outputs).toMatchObject({ changed: 'true' });
    expect(fixture.read('package.json')).toBe(before);
    const same = await run('deps.manage', { updates: ['lodash@4.17.15'], 'must-change': true });
    expect(same.outcome()).toBe('failed: Nothing has changed: lodash@4.17.15 was there already');
  });
});
