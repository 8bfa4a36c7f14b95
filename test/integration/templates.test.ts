import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';

interface Init {
  readonly file: string;
  readonly template: string;
  readonly reason: string | null;
}
interface Run {
  readonly status: string;
  readonly tests: { readonly total: number } | null;
  readonly stages: readonly { readonly id: string; readonly status: string }[];
}

/** A project without a pipeline. */
function project(files: Readonly<Record<string, string>>): CliFixture {
  const fixture = createCliFixture('');
  rmSync(path.join(fixture.projectDir, 'pipewright.yml'));
  for (const [file, text] of Object.entries(files)) fixture.write(file, text);
  return fixture;
}

async function runFirst(
  fixture: CliFixture,
): Promise<Init & { run: Run; results: Readonly<Record<string, string>> }> {
  const init = await fixture.json<Init>('init');
  const run = await fixture.json<Run>('run', '--trust');
  return { ...init, run, results: Object.fromEntries(run.stages.map(({ id, status }) => [id, status])) };
}

function commit(fixture: CliFixture, message: string): void {
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  for (const args of [
    ['add', '-A'],
    [...who, 'commit', '-qm', message],
  ]) {
    execFileSync('git', args, { cwd: fixture.projectDir });
  }
}

const hasTool = (command: string, ...args: readonly string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const PYTHON = process.platform === 'win32' ? 'python' : 'python3';
const PACKAGE = { name: 'shop', scripts: { test: 'node --test', build: 'node build.mjs' } };
const TEST = "import test from 'node:test';\ntest('adds', () => {});\n";
const BUILD =
  "import { mkdirSync, writeFileSync } from 'node:fs';\nmkdirSync('dist');\nwriteFileSync('dist/a.js', '');\n";

describe('pipewright init', () => {
  it('tells why templates fit, and writes nothing with --list', async () => {
    await using fixture = project({ 'Cargo.toml': '', Dockerfile: '' });
    const rows = await fixture.json<{ id: string; reason: string | null }[]>('init', '--list');
    expect(rows.slice(0, 3).map(({ id, reason }) => [id, reason])).toEqual([
      ['rust', 'Cargo.toml'],
      ['container-image', 'Dockerfile'],
      ['node', null],
    ]);
    const { stdout } = await fixture.cli('init', '--list');
    expect(stdout).toMatch(/^rust +Format.*Cargo\.toml$/m);
    expect((await fixture.cli('validate')).stderr).toContain('There is no pipeline file');
  });

  it('writes an empty pipeline where nothing fits, and never over a file', async () => {
    await using fixture = project({ 'notes.txt': '' });
    const first = await fixture.cli('init');
    expect(first).toMatchObject({ code: 0, stdout: 'pipewright.yml from the template Empty\n' });
    expect(first.stderr).toBe('Look at it, then run it: pipewright run\n');
    const second = await fixture.cli('init');
    expect(second).toMatchObject({ code: 2, stdout: '' });
    expect(second.stderr).toContain('The project has a pipeline already: pipewright.yml.');
    expect((await fixture.cli('init', '--file', 'pipewright.yml')).stderr).toContain('already');
    expect(await fixture.json('init', '--template', 'go')).toEqual({
      file: '.pipewright/go.yml',
      template: 'go',
      reason: null,
    });
    expect((await fixture.cli('validate', '.pipewright/go.yml')).code).toBe(0);
  });

  it('names what was probably meant by a template that is not there', async () => {
    await using fixture = project({});
    const { code, stderr } = await fixture.cli('init', '--template', 'pyton');
    expect(code).toBe(2);
    expect(stderr).toBe('pipewright: There is no template pyton. Did you mean python?\n');
  });
});

describe('the template that fits a project really runs', () => {
  it('for Node, with a result of each test and what was built', async () => {
    await using fixture = project({
      'package.json': JSON.stringify(PACKAGE),
      'a.test.mjs': TEST,
      'build.mjs': BUILD,
    });
    const { template, results, run } = await runFirst(fixture);
    expect(template).toBe('node');
    expect(results).toEqual({ unit: 'succeeded', build: 'succeeded' });
    const reports = await fixture.cli('reports', 'latest', '--format', 'json');
    expect(reports.stdout).toContain('adds');
    expect(run.status).toBe('succeeded');
  });

  it.skipIf(!hasTool(PYTHON, '-m', 'pytest', '--version'))(
    'for Python with pytest (skipped where pytest is missing)',
    async () => {
      await using fixture = project({
        'pytest.ini': '[pytest]\n',
        'shop.py': 'def price():\n    return 3\n',
        'tests/test_shop.py': 'from shop import price\n\ndef test_price():\n    assert price() == 3\n',
        'conftest.py': '',
      });
      const { template, reason, results } = await runFirst(fixture);
      expect([template, reason]).toEqual(['python', 'pytest']);
      expect(results).toEqual({ unit: 'succeeded' });
      expect((await fixture.cli('reports', 'latest', '--format', 'json')).stdout).toContain('test_price');
    },
  );

  it.skipIf(!hasTool(PYTHON, '-m', 'venv', '--help'))(
    'for Python with an environment of its own (skipped where venv is missing)',
    async () => {
      await using fixture = project({
        // Nothing to download: the test needs no network.
        'requirements.txt': '# nothing\n',
        'test_shop.py':
          'import unittest\n\nclass Shop(unittest.TestCase):\n    def test_price(self):\n        self.assertEqual(3, 3)\n',
      });
      const { results } = await runFirst(fixture);
      expect(results).toEqual({ install: 'succeeded', unit: 'succeeded' });
    },
    60_000,
  );

  it('for pages of HTML, and finds a link that leads nowhere', async () => {
    await using fixture = project({
      'index.html': '<a href="about.html#us">About</a> <a href="https://example.com">Elsewhere</a>',
      'about.html': '<img src="/logo.svg"> <a href="./index">Home</a>',
      'logo.svg': '<svg/>',
    });
    const { template, results } = await runFirst(fixture);
    expect(template).toBe('static-site');
    expect(results).toEqual({ links: 'succeeded', publish: 'skipped', visit: 'skipped' });
    fixture.write('about.html', '<a href="gone.html">Gone</a>');
    expect((await fixture.cli('run')).code).toBe(1);
    expect((await fixture.cli('logs', 'latest', 'links')).stdout).toContain('about.html: gone.html');
  });

  it('for a site that is built, and publishes it from its main branch', async () => {
    await using fixture = project({
      'package.json': JSON.stringify({
        scripts: { build: 'node build.mjs' },
        devDependencies: {},
      }),
      'build.mjs':
        "import { mkdirSync, writeFileSync } from 'node:fs';\nmkdirSync('dist');\nwriteFileSync('dist/index.html', '<p>');\n",
    });
    execFileSync('git', ['init', '-q', '-b', 'trunk'], { cwd: fixture.projectDir });
    await fixture.cli('init', '--template', 'static-site');
    commit(fixture, 'site');
    const run = await fixture.json<Run>('run', '--trust');
    expect(run.stages.map(({ id, status }) => [id, status])).toEqual([
      ['build', 'succeeded'],
      ['links', 'succeeded'],
      ['publish', 'succeeded'],
      ['visit', 'succeeded'],
    ]);
  });

  it('for workspaces, of which only those that changed are tested', async () => {
    const member = (name: string): string => JSON.stringify({ name, scripts: { test: 'node --version' } });
    await using fixture = project({
      'package.json': JSON.stringify({ private: true, workspaces: ['packages/*'] }),
      'packages/a/package.json': member('a'),
      'packages/b/package.json': member('b'),
    });
    execFileSync('git', ['init', '-q', '-b', 'main'], { cwd: fixture.projectDir });
    const { template, results } = await runFirst(fixture);
    expect(template).toBe('monorepo');
    expect(Object.keys(results)).toContain('test[package=packages/b]');
    commit(fixture, 'all');
    fixture.write('packages/a/index.js', '');
    commit(fixture, 'a');
    const run = await fixture.json<Run>('run');
    const tested = run.stages.map(({ id }) => id).filter((id) => id.startsWith('test['));
    expect(tested).toEqual(['test[package=packages/a]']);
    expect(run.status).toBe('succeeded');
  });

  it('for a release, whose roll-back stays out of it while nothing was given to anybody', async () => {
    await using fixture = project({
      'package.json': JSON.stringify({ scripts: { test: 'node -e "process.exit(3)"' } }),
    });
    await fixture.cli('init', '--template', 'release-canary');
    const args = ['run', '--trust', '--input', 'version=1.0.0'];
    const failed = await fixture.json<Run>(...args);
    const resultOf = (run: Run, stage: string) => run.stages.find(({ id }) => id === stage)?.status;
    expect(resultOf(failed, 'unit')).toBe('failed');
    expect(resultOf(failed, 'roll-back')).toBe('skipped');

    const file = path.join(fixture.projectDir, 'pipewright.yml');
    fixture.write('package.json', JSON.stringify({ scripts: { test: 'node -e ""' } }));
    const broken = readFileSync(file, 'utf8').replace("health: ''", 'health: http://127.0.0.1:9/');
    fixture.write('pipewright.yml', broken);
    const watched = await fixture.json<Run>(...args);
    expect(resultOf(watched, 'watch')).toBe('failed');
    expect(resultOf(watched, 'roll-back')).toBe('succeeded');
  });
});
