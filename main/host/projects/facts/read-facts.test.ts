import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyFolder } from '#shared/pipeline/templates/templates-fixture.ts';
import { readProjectFacts } from './read-facts.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'pipewright-facts-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), text);
  }
}
const read = () => readProjectFacts(dir);
const json = (value: unknown): string => JSON.stringify(value);

it('finds nothing in an empty folder, and nothing in one that is not there', async () => {
  const nothing = {
    ...emptyFolder,
    name: path.basename(dir),
    platform: process.platform === 'win32' ? 'windows' : 'posix',
  };
  expect(await read()).toEqual(nothing);
  expect(await readProjectFacts(path.join(dir, 'gone'))).toEqual({ ...nothing, name: 'gone' });
});

it('passes over files that make no sense', async () => {
  write({ 'package.json': '{ "scripts": ', 'pyproject.toml/x': '', '.git/HEAD': 'ref: refs/heads/a b' });
  expect(await read()).toMatchObject({ node: null, python: null, mainBranch: 'main' });
  write({ 'package.json': '[]' });
  expect((await read()).node).toBeNull();
  write({
    'package.json': json({ scripts: { test: 3 }, workspaces: [1, '../up', '!x', "a'b", 'packages/*'] }),
  });
  expect((await read()).node).toMatchObject({ scripts: [], workspaces: ['packages/*'] });
});

it('knows the other languages by their files', async () => {
  write({ 'go.mod': '', 'go.sum': '', 'Cargo.toml': '', 'pom.xml': '', mvnw: '', 'settings.gradle.kts': '' });
  write({ Containerfile: '' });
  expect(await read()).toMatchObject({
    go: { hasSum: true },
    rust: { hasLock: false },
    maven: { hasWrapper: true },
    gradle: { hasWrapper: false },
    containerFile: 'Containerfile',
  });
});

it.each([
  [{ '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/release/2\n' }, 'release/2'],
  [{ '.git/HEAD': 'ref: refs/heads/master\n' }, 'master'],
  [{ '.git/HEAD': 'ref: refs/heads/my-feature\n' }, 'main'],
  [{ '.git': 'gitdir: elsewhere\n' }, 'main'],
])('takes the main branch from %o', async (files: Record<string, string>, branch) => {
  write(files);
  expect((await read()).mainBranch).toBe(branch);
});

describe('Node', () => {
  it.each([
    ['pnpm-lock.yaml', {}, 'pnpm'],
    ['yarn.lock', {}, 'yarn'],
    ['yarn.lock', { packageManager: 'yarn@4.1.0' }, 'yarn-berry'],
    ['bun.lock', {}, 'bun'],
    ['package-lock.json', { packageManager: 'pnpm@9.0.0' }, 'npm'],
    [null, { packageManager: 'pnpm@9.0.0' }, 'pnpm'],
    [null, {}, 'npm'],
  ])('installs with what %o and %o say', async (lockFile, manifest, manager) => {
    write({ 'package.json': json(manifest), ...(lockFile === null ? {} : { [lockFile]: '' }) });
    expect((await read()).node).toMatchObject({ manager, lockFile });
  });

  it.each([
    ['node --test', 'node'],
    ['node --experimental-strip-types --test test/*.test.ts', 'node'],
    ['vitest', 'vitest'],
    ['vitest run --coverage', 'vitest'],
    ['jest --runInBand', null],
    ['vitest run && npm run e2e', null],
    ['node test.js', null],
    ['mocha', null],
  ])('asks the script %o for results as it would ask %s', async (test, runner) => {
    write({ 'package.json': json({ scripts: { test } }) });
    expect((await read()).node).toMatchObject({ testRunner: runner, scripts: ['test'] });
  });

  it('takes the placeholder of npm for no test, and jest-junit where it is installed', async () => {
    write({ 'package.json': json({ scripts: { test: 'echo "Error: no test specified" && exit 1' } }) });
    expect((await read()).node).toMatchObject({ scripts: [], testRunner: null, hasDependencies: false });
    write({ 'package.json': json({ scripts: { test: 'jest' }, devDependencies: { 'jest-junit': '1' } }) });
    expect((await read()).node).toMatchObject({ testRunner: 'jest-junit', hasDependencies: true });
  });

  it('finds workspaces in package.json and in the file of pnpm', async () => {
    write({ 'package.json': json({ workspaces: { packages: ['./libs/*', 'app/'] } }) });
    expect((await read()).node?.workspaces).toEqual(['libs/*', 'app']);
    write({ 'package.json': '{}', 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n  - "!**/test/**"\n' });
    expect((await read()).node?.workspaces).toEqual(['packages/*']);
  });
});

describe('Python', () => {
  it('reads requirements and what they name', async () => {
    write({ 'requirements.txt': 'flask\n', 'requirements-dev.txt': 'pytest==8\nruff\n', 'app.py': '' });
    expect((await read()).python).toMatchObject({
      manager: 'pip',
      requirements: ['requirements.txt', 'requirements-dev.txt'],
      isPackage: false,
      testRunner: 'pytest',
      usesRuff: true,
      usesMypy: false,
    });
  });

  it('reads a package, its extras and its manager', async () => {
    write({
      'pyproject.toml':
        '[project]\nname = "shop"\n\n[project.optional-dependencies]\ntest = ["pytest"]\ndocs = []\n\n[tool.mypy]\n',
    });
    expect((await read()).python).toMatchObject({ isPackage: true, extras: ['test'], usesMypy: true });
    write({ 'uv.lock': '' });
    expect((await read()).python).toMatchObject({ manager: 'uv', lockFile: 'uv.lock' });
  });

  it('knows unittest by its files', async () => {
    write({ 'shop.py': '', 'tests/test_shop.py': '' });
    expect((await read()).python).toMatchObject({ testRunner: 'unittest', requirements: [] });
  });
});

describe('a static site', () => {
  it('is known by what builds it', async () => {
    write({ 'package.json': json({ scripts: { build: 'astro build' }, dependencies: { astro: '4' } }) });
    expect((await read()).site).toEqual({ tool: 'Astro', command: null, folder: 'dist' });
    write({
      'package.json': json({ scripts: { build: 'vite build' }, devDependencies: { vite: '5', koa: '2' } }),
    });
    write({ 'index.html': '' });
    expect((await read()).site).toBeNull();
  });

  it('is known by its configuration, or by its pages alone', async () => {
    write({ 'public/index.html': '' });
    expect((await read()).site).toEqual({ tool: 'HTML', command: null, folder: 'public' });
    write({ 'hugo.toml': '' });
    expect((await read()).site?.tool).toBe('Hugo');
  });

  it('is none where the page belongs to a program', async () => {
    write({ 'index.html': '', 'server.py': '' });
    expect((await read()).site).toBeNull();
  });
});
