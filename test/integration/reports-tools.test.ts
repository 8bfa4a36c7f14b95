import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createReports } from '#main/reports/reports.ts';
import type { PlannedReports } from '#shared/pipeline/plan.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { isMissing } from './kinds/kind-fixture.ts';

const TOOLS = path.resolve(import.meta.dirname, '../tools/node_modules');
const PYTHON = '/usr/bin/python3';

let workspace: string;

beforeEach(() => {
  workspace = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'pipewright-tools-')));
  symlinkSync(TOOLS, path.join(workspace, 'node_modules'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true, maxRetries: 3 }));

function write(file: string, text: string): void {
  const absolute = path.join(workspace, file);
  mkdirSync(path.dirname(absolute), { recursive: true });
  writeFileSync(absolute, text);
}

/** Runs a tool of the tests, whatever its exit code: what it wrote is what matters. */
async function run(bin: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const command = path.isAbsolute(bin) ? bin : path.join(TOOLS, '.bin', bin);
  const { stdout, stderr, exitCode } = await execa(command, args, {
    cwd: workspace,
    reject: false,
    preferLocal: false,
    env: {
      // A test runner that is told it runs inside another one writes no report.
      NODE_TEST_CONTEXT: undefined,
      NODE_OPTIONS: undefined,
      VITEST: undefined,
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`,
      ...env,
    },
  });
  expect([0, 1, 2], `${bin}: ${stdout}\n${stderr}`).toContain(exitCode);
  return stdout;
}

/** The normal forms by their types. */
type Forms = { [Form in NormalForm as Form['type']]: Form['report'] };

async function collect<Type extends keyof Forms>(
  type: Type,
  globs: Partial<PlannedReports>,
): Promise<Forms[Type]> {
  const { signal } = new AbortController();
  const { reports, issues } = await createReports().collect(
    { workspace },
    { junit: [], coverage: [], ...globs },
    signal,
  );
  expect(issues).toEqual([]);
  return reports.find((each) => each.type === type)!.report as Forms[Type];
}

/** `suite > case: status`, of all cases. */
const told = ({ suites }: Forms['tests']): string[] =>
  suites.flatMap((suite) => suite.cases.map(({ name, status }) => `${suite.name} > ${name}: ${status}`));

const CASES = `describe('math', () => {
  it('adds', () => { if (add(1, 1) !== 2) throw new Error('no'); });
  it('fails', () => { throw new Error('expected 1 to be 2'); });
  it.skip('waits', () => {});
});`;
const ADD = 'function add(a, b) {\n  if (a < 0) {\n    return 0;\n  }\n  return a + b;\n}\n';

test.skipIf(isMissing('vitest'))(
  "Vitest's JUnit report is read as it was meant",
  async () => {
    write('package.json', '{ "type": "module" }');
    write('math.test.js', `import { describe, it } from 'vitest';\n${ADD}${CASES}`);
    await run('vitest', ['run', '--root', workspace, '--reporter=junit', '--outputFile=out/junit.xml']);
    const report = await collect('tests', { junit: ['out/junit.xml'] });
    expect(report).toMatchObject({ total: 3, passed: 1, failed: 1, skipped: 1 });
    expect(told(report)).toContain('math.test.js > math > adds: passed');
    const failed = report.suites[0]!.cases.find(({ status }) => status === 'failed')!;
    expect(failed.message).toBe('expected 1 to be 2');
    expect(failed.details).toContain('math.test.js:10');
  },
  60_000,
);

test.skipIf(isMissing('jest'))(
  "jest-junit's report names the files and what failed",
  async () => {
    write('package.json', '{}');
    write('math.test.js', `${ADD}${CASES}`);
    const args = ['--rootDir', workspace, '--reporters', path.join(TOOLS, 'jest-junit'), '--watchman=false'];
    await run('jest', args, {
      JEST_JUNIT_OUTPUT_FILE: path.join(workspace, 'out/junit.xml'),
      JEST_JUNIT_ADD_FILE_ATTRIBUTE: 'true',
    });
    const report = await collect('tests', { junit: ['out/*.xml'] });
    expect(report).toMatchObject({ total: 3, passed: 1, failed: 1, skipped: 1 });
    expect(report.suites[0]!.cases[1]).toMatchObject({
      name: 'math fails',
      status: 'failed',
      file: 'math.test.js',
    });
    expect(report.suites[0]!.cases[1]!.message).toContain('expected 1 to be 2');
  },
  60_000,
);

test.skipIf(isMissing('mocha'))(
  "Mocha's own XML has the time and the reason of each case",
  async () => {
    write('package.json', '{}');
    write('math.spec.cjs', `${ADD}${CASES}`);
    await run('mocha', ['--reporter', 'xunit', '--reporter-options', 'output=out/own.xml', 'math.spec.cjs']);
    const report = await collect('tests', { junit: ['out/own.xml'] });
    expect(report).toMatchObject({ total: 3, passed: 1, failed: 1, skipped: 1 });
    const failed = report.suites.flatMap(({ cases }) => cases).find(({ status }) => status === 'failed')!;
    expect(failed).toMatchObject({ name: 'fails', classname: 'math', file: 'math.spec.cjs' });
    expect(failed.message).toContain('expected 1 to be 2');
  },
  60_000,
);

test.skipIf(isMissing('c8'))(
  "c8's Cobertura and lcov reports of one run say the same",
  async () => {
    write('package.json', '{}');
    write('src/math.cjs', `${ADD}\nmodule.exports = { add };\n`);
    write('run.cjs', "const { add } = require('./src/math.cjs');\nadd(1, 2);\n");
    await run('c8', [
      '--reporter=cobertura',
      '--reporter=lcovonly',
      '--reports-dir=out',
      process.execPath,
      'run.cjs',
    ]);
    const [cobertura, lcov] = [
      await collect('coverage', { coverage: ['out/cobertura-coverage.xml'] }),
      await collect('coverage', { coverage: ['out/lcov.info'] }),
    ];
    expect(cobertura.files.map((file) => file.path)).toEqual(['run.cjs', 'src/math.cjs']);
    expect(cobertura.lines).toEqual(lcov.lines);
    expect(cobertura.functions).toEqual(lcov.functions);
    expect(cobertura.files.map(({ hits }) => hits)).toEqual(lcov.files.map(({ hits }) => hits));
    const math = lcov.files.find((file) => file.path === 'src/math.cjs')!;
    expect(math.lines.covered).toBeLessThan(math.lines.total);
    // Both together: each file once.
    const both = await collect('coverage', { coverage: ['out/*.xml', 'out/*.info'] });
    expect(both.lines).toEqual(lcov.lines);
  },
  60_000,
);

test.skipIf(isMissing('pytest-3'))(
  "pytest's JUnit, Cobertura and lcov reports are read as they were meant",
  async () => {
    write('mathx.py', 'def add(a, b):\n    if a < 0:\n        return 0\n    return a + b\n');
    write(
      'test_math.py',
      `import pytest
from mathx import add
def test_adds(): assert add(1, 1) == 2
def test_fails(): assert add(1, 1) == 3
@pytest.mark.skip(reason="later")
def test_later(): pass
@pytest.fixture
def broken(): raise RuntimeError("no database")
def test_errors(broken): pass
`,
    );
    const cover = [
      '--cov=mathx',
      '--cov-branch',
      '--cov-report=xml:out/cov.xml',
      '--cov-report=lcov:out/cov.info',
    ];
    await run(PYTHON, ['-m', 'pytest', '-p', 'no:cacheprovider', '--junitxml=out/junit.xml', ...cover]);
    const report = await collect('tests', { junit: ['out/junit.xml'] });
    expect(report).toMatchObject({ total: 4, passed: 1, failed: 1, errored: 1, skipped: 1 });
    expect(told(report)).toContain('pytest > test_errors: errored');
    const cobertura = await collect('coverage', { coverage: ['out/cov.xml'] });
    const lcov = await collect('coverage', { coverage: ['out/cov.info'] });
    expect(cobertura.files).toMatchObject([{ path: 'mathx.py', lines: { covered: 3, total: 4 } }]);
    expect(cobertura.branches).toMatchObject({ covered: 1, total: 2 });
    expect(cobertura.files[0]!.hits).toEqual([
      [1, 1],
      [2, 1],
      [3, 0],
      [4, 1],
    ]);
    expect(lcov.files[0]!.hits).toEqual(cobertura.files[0]!.hits);
  },
  60_000,
);

test.skipIf(isMissing('go'))(
  'what `go test -json` prints has subtests, skipped ones and packages that cannot be built',
  async () => {
    write('go.mod', 'module example.org/m\ngo 1.19\n');
    write(
      'm_test.go',
      `package m
import "testing"
func TestAdds(t *testing.T) { t.Run("sub", func(t *testing.T) { t.Log("hello") }) }
func TestFails(t *testing.T) { t.Errorf("got %d, want %d", 1, 2) }
func TestLater(t *testing.T) { t.Skip("later") }
`,
    );
    write('broken/b_test.go', 'package broken\nfunc TestX(t *testing.T) {}\n');
    const cache = mkdtempSync(path.join(os.tmpdir(), 'pipewright-go-'));
    try {
      write(
        'out/go.json',
        await run('/usr/bin/go', ['test', '-json', './...'], { GOCACHE: cache, GOFLAGS: '' }),
      );
    } finally {
      rmSync(cache, { recursive: true, force: true });
    }
    const report = await collect('tests', { junit: ['out/go.json'] });
    expect(told(report).sort()).toEqual([
      'example.org/m > TestAdds/sub: passed',
      'example.org/m > TestAdds: passed',
      'example.org/m > TestFails: failed',
      'example.org/m > TestLater: skipped',
      'example.org/m/broken > example.org/m/broken (the package itself): errored',
    ]);
    const cases = report.suites.flatMap((suite) => suite.cases);
    expect(cases.find(({ name }) => name === 'TestFails')!.message).toBe('got 1, want 2');
    expect(cases.find(({ name }) => name === 'TestLater')!.message).toBe('later');
    expect(cases.at(-1)!.message).toBe('The package could not be built.');
  },
  120_000,
);

test.skipIf(isMissing('eslint'))(
  "ESLint's SARIF names rules, places and the files that it has looked at",
  async () => {
    write('package.json', '{ "type": "module" }');
    write('eslint.config.js', "export default [{ rules: { 'no-unused-vars': 'warn', eqeqeq: 'error' } }];\n");
    write('src/a.js', 'export const a = 1 == 2;\nconst b = 3;\n');
    write('src/with space.js', 'export const a = 1;\n');
    write('src/broken.js', 'export const = 1;\n');
    const formatter = path.join(TOOLS, '@microsoft/eslint-formatter-sarif/sarif.js');
    await run('eslint', ['src', '--format', formatter, '--output-file', 'out/eslint.sarif']);
    const report = await collect('findings', { sarif: ['out/*.sarif'] });
    expect(report.tools).toMatchObject([{ name: 'ESLint' }]);
    expect(report.checked).toBe(3);
    const found = report.findings.map(({ ruleId, severity, file, line, column }) => [
      ruleId,
      severity,
      file,
      line,
      column,
    ]);
    expect(found).toContainEqual(['eqeqeq', 'high', 'src/a.js', 1, 20]);
    expect(found).toContainEqual(['no-unused-vars', 'medium', 'src/a.js', 2, 7]);
    expect(report.findings.filter(({ file }) => file === 'src/broken.js')).toHaveLength(1);
    expect(report.rules.map(({ id }) => id)).toContain('eqeqeq');
  },
  60_000,
);

test.skipIf(isMissing('shellcheck'))("ShellCheck's Checkstyle report gives its rules and files", async () => {
  write('a.sh', '#!/bin/sh\necho $1\n');
  write('out/shell.xml', await run('/usr/bin/shellcheck', ['-f', 'checkstyle', 'a.sh']));
  const report = await collect('findings', { sarif: ['out/shell.xml'] });
  expect(report).toMatchObject({ checked: 1, tools: [{ name: 'shellcheck' }] });
  expect(report.findings).toMatchObject([
    { ruleId: 'SC2086', file: 'a.sh', line: 2, column: 6, severity: 'low' },
  ]);
});

test.skipIf(isMissing('cyclonedx-npm'))(
  'bills of cyclonedx-npm, in JSON and XML, tell the same',
  async () => {
    rmSync(path.join(workspace, 'node_modules'));
    write(
      'package.json',
      JSON.stringify({
        name: 'shop',
        version: '2.0.0',
        dependencies: { a: '1.2.3' },
        devDependencies: { dev: '1.2.3' },
      }),
    );
    const packages = {
      '': { name: 'shop', version: '2.0.0', dependencies: { a: '1.2.3' }, devDependencies: { dev: '1.2.3' } },
      'node_modules/a': { version: '1.2.3', license: 'MIT' },
      'node_modules/dev': { version: '1.2.3', license: '(MIT OR Apache-2.0)', dev: true },
    };
    write(
      'package-lock.json',
      JSON.stringify({ name: 'shop', version: '2.0.0', lockfileVersion: 3, packages }),
    );
    for (const format of ['json', 'xml']) {
      await run('cyclonedx-npm', [
        '--package-lock-only',
        '--output-format',
        format,
        '--output-file',
        `out.bom.${format}`,
      ]);
    }
    const [json, xml] = [
      await collect('sbom', { sbom: ['out.bom.json'] }),
      await collect('sbom', { sbom: ['out.bom.xml'] }),
    ];
    expect(json.subject).toEqual({ name: 'shop', version: '2.0.0' });
    expect(json.components).toMatchObject([
      { ref: 'pkg:npm/a@1.2.3', name: 'a', licenses: ['MIT'], direct: true },
      { ref: 'pkg:npm/dev@1.2.3', licenses: ['(MIT OR Apache-2.0)'], scope: 'development', direct: true },
    ]);
    expect(json.dependencies).toEqual([{ from: '', to: ['pkg:npm/a@1.2.3', 'pkg:npm/dev@1.2.3'] }]);
    expect({ ...xml, format: json.format }).toEqual(json);
  },
  120_000,
);
