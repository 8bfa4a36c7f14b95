import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const TESTS = `
describe('outer', () => {
  it('adds (1)', () => {});
  it('is bad', () => { throw new Error('no'); });
});
it('stands alone', () => {});
`;
const SUM = 'export const sum = (a, b) => {\n  if (a === 0) {\n    return b;\n  }\n  return a + b;\n};\n';
const SUM_TEST = `import { test } from 'node:test';
import { equal } from 'node:assert';
import { sum } from './sum.js';
test('adds', () => { equal(sum(1, 2), 3); equal(sum(0, 2), 2); });
`;

function git(...args: readonly string[]): void {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid'];
  execFileSync('git', [...who, ...args], { cwd: fixture.projectDir, stdio: 'ignore' });
}

function writeNode(files: Readonly<Record<string, string>>): void {
  fixture.write('package.json', '{"type":"module"}');
  for (const [file, text] of Object.entries(files)) fixture.write(file, text);
}

describe('test.unit with a command', () => {
  it('keeps the results that it names', async () => {
    writeNode({ 'a.test.js': `import { test } from 'node:test'; test('adds', () => {});` });
    const command = 'node --test --test-reporter=junit --test-reporter-destination=unit.xml a.test.js';
    const run = await fixture.runStage({ uses: 'test.unit', with: { command, junit: 'unit.xml' } });
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('tests')).toMatchObject({ total: 1, passed: 1 });
    expect(run.stage().outputs).toMatchObject({ total: '1', failed: '0' });
  });

  it('could not judge when no test was reported, nor by what an earlier run left', async () => {
    const settings = { command: 'true', junit: 'none.xml' };
    const run = await fixture.runStage({ uses: 'test.unit', with: settings });
    expect(run.outcome()).toMatch(/^infra-error: Nothing was checked: no test was reported\./);
    const xml = '<testsuites><testsuite name="a"><testcase name="b"/></testsuite></testsuites>';
    fixture.write('none.xml', xml);
    execFileSync('touch', ['-d', '2020-01-01', 'none.xml'], { cwd: fixture.projectDir });
    const later = await fixture.runStage({ uses: 'test.unit', with: settings });
    expect(later.outcome()).toMatch(/^infra-error: Nothing was checked/);
  });

  it('judges by the exit code when it names no results', async () => {
    const passed = await fixture.runStage({ uses: 'test.unit', with: { command: 'true' } });
    const failed = await fixture.runStage({ uses: 'test.unit', with: { command: 'exit 3' } });
    expect([passed.outcome(), failed.outcome()]).toEqual(['succeeded', 'failed: exit code 3']);
  });

  it.each([
    [0, '<failure message="x"/>', 'failed: 1 of 1 tests failed'],
    [1, '', 'failed: No test failed (1 were reported), but the runner ended with exit code 1'],
  ])('believes results, not exit code %i', async (code, inside, expected) => {
    const xml = `<testsuites><testsuite name="a"><testcase name="b">${inside}</testcase></testsuite></testsuites>`;
    const command = `printf '%s' '${xml}' > r.xml; exit ${code}`;
    const run = await fixture.runStage({ uses: 'test.unit', with: { command, junit: 'r.xml' } });
    expect(run.outcome()).toBe(expected);
  });

  it('refuses what only a runner can do', async () => {
    const run = await fixture.runStage({ uses: 'test.unit', with: { command: 'true', 'rerun-failed': 2 } });
    expect(run.outcome()).toMatch(/^failed: `rerun-failed` does not work with a `command`/);
  });
});

describe('test.unit', () => {
  it('runs its example with the runner of Node, and measures coverage', async () => {
    writeNode({ 'sum.js': SUM, 'sum.test.js': SUM_TEST });
    const run = await fixture.runExample('test.unit');
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('tests')).toMatchObject({ total: 1, passed: 1 });
    expect(run.report('coverage')?.lines.pct).toBe(100);
    expect(run.report('coverage')?.files.map((file) => file.path)).toEqual(['sum.js']);
  });

  it('fails when too little is covered, and names files from the workspace', async () => {
    fixture.write('packages/a/package.json', '{"type":"module"}');
    fixture.write('packages/a/sum.js', SUM);
    fixture.write('packages/a/sum.test.js', SUM_TEST.replace('equal(sum(0, 2), 2);', ''));
    const stage = { uses: 'test.unit', 'working-directory': 'packages/a' };
    const run = await fixture.runStage({ ...stage, with: { 'coverage-min': { lines: 90, branches: 90 } } });
    expect(run.outcome()).toMatch(/^failed: [\d.]+ % of lines are covered, not 90 %; [\d.]+ % of branches/);
    expect(run.report('coverage')?.files.map((file) => file.path)).toEqual(['packages/a/sum.js']);
    expect(run.report('tests')?.suites[0]?.cases[0]?.file).toBe('packages/a/sum.test.js');
  });

  it('could not judge coverage that was not measured', async () => {
    writeNode({ 'a.test.js': `import { test } from 'node:test'; test('adds', () => {});` });
    const settings = { 'measure-coverage': false, 'coverage-min': { lines: 1 } };
    const run = await fixture.runStage({ uses: 'test.unit', with: settings });
    expect(run.outcome()).toMatch(/^infra-error: Coverage was not measured/);
  });

  it.each([
    ['vitest', 'a.test.js', `import { describe, it } from 'vitest';${TESTS}`],
    ['jest', 'a.test.js', TESTS],
    ['mocha', 'test/a.js', TESTS],
    ['node', 'a.test.js', `import { describe, it } from 'node:test';${TESTS}`],
  ])('reports each test of %s', async (runner, file, text) => {
    const type = runner === 'jest' || runner === 'mocha' ? 'commonjs' : 'module';
    fixture.write('package.json', JSON.stringify({ type, devDependencies: { [runner]: '*' } }));
    fixture.write(file, text);
    const run = await fixture.runStage({ uses: 'test.unit' });
    expect(run.outcome()).toBe('failed: 1 of 3 tests failed');
    const cases = run.report('tests')!.suites.flatMap((suite) => suite.cases);
    expect(cases.filter(({ status }) => status === 'failed').map(({ name }) => name)).toEqual([
      expect.stringMatching(/is bad$/),
    ]);
  });

  it.each([
    ['jest', 'a.test.js'],
    ['mocha', 'test/a.js'],
  ])('measures coverage with %s', async (runner, file) => {
    fixture.write('package.json', JSON.stringify({ devDependencies: { [runner]: '*' } }));
    fixture.write('sum.js', `${SUM.replace('export const sum', 'const sum')}module.exports = { sum };\n`);
    const text = `const { sum } = require('${runner === 'jest' ? './' : '../'}sum.js');
it('adds', () => { if (sum(1, 2) !== 3) throw new Error('no'); });`;
    fixture.write(file, text);
    const run = await fixture.runStage({ uses: 'test.unit', with: { 'coverage-min': { lines: 50 } } });
    expect(run.outcome()).toBe('succeeded');
    const measured = run.report('coverage')?.files.find(({ path: name }) => name === 'sum.js');
    expect(measured?.lines.pct).toBeGreaterThan(50);
    expect(measured?.lines.pct).toBeLessThan(100);
    const strict = await fixture.runStage({ uses: 'test.unit', with: { 'coverage-min': { lines: 99 } } });
    expect(strict.outcome()).toMatch(/^failed: [\d.]+ % of lines are covered, not 99 %/);
  });

  it.each([
    ['vitest', 'module', `import { describe, it } from 'vitest';`, 'a.test.js'],
    ['jest', 'commonjs', '', 'a.test.js'],
    ['mocha', 'commonjs', '', 'test/a.js'],
    ['node', 'module', `import { describe, it } from 'node:test';`, 'a.test.js'],
  ])('tells flaky tests of %s from broken ones', async (runner, type, head, file) => {
    const load = type === 'module' ? `import fs from 'node:fs';` : `const fs = require('node:fs');`;
    const flag = path.join(fixture.dir, 'flag');
    const count = path.join(fixture.dir, 'count');
    fixture.write('package.json', JSON.stringify({ type, devDependencies: { [runner]: '*' } }));
    fixture.write(
      file,
      `${head}${load}
describe('outer', () => {
  it('is (some) [odd] name', () => {
    if (fs.existsSync(${JSON.stringify(flag)})) return;
    fs.writeFileSync(${JSON.stringify(flag)}, '');
    throw new Error('the first time');
  });
  it('is fine', () => { fs.appendFileSync(${JSON.stringify(count)}, 'x'); });
});`,
    );
    const run = await fixture.runStage({ uses: 'test.unit', with: { 'rerun-failed': 2 } });
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('tests')).toMatchObject({ total: 2, passed: 2, failed: 0 });
    const flaky = run.report('tests')!.suites.flatMap(({ cases }) => cases.filter((one) => one.flaky));
    expect(flaky).toMatchObject([
      { status: 'passed', attempts: 2, message: expect.stringContaining('the first time') as string },
    ]);
    expect(run.stage().issues.map(({ code }) => code)).toEqual(['flaky-test']);
    // What had passed is not run again.
    expect(fixture.read(path.relative(fixture.projectDir, count))).toBe('x');
    rmSync(flag);
    const strict = { 'rerun-failed': 1, 'fail-on-flaky': true };
    const refused = await fixture.runStage({ uses: 'test.unit', with: strict });
    expect(refused.outcome()).toBe('failed: 1 test is flaky');
  });

  it('leaves a test broken that fails every time', async () => {
    writeNode({
      'a.test.js': `import { test } from 'node:test'; test('no', () => { throw new Error('x'); });`,
    });
    const run = await fixture.runStage({ uses: 'test.unit', with: { 'rerun-failed': 2 } });
    expect(run.outcome()).toBe('failed: 1 of 1 tests failed');
    expect(run.report('tests')?.suites[0]?.cases[0]).toMatchObject({ status: 'failed', attempts: 3 });
  });

  it.skipIf(isMissing('pytest-3'))('runs pytest, with its coverage, and single tests again', async () => {
    fixture.write('calc.py', 'def add(a, b):\n    return a + b\n');
    fixture.write(
      'tests/test_calc.py',
      `import os, sys
sys.path.insert(0, os.getcwd())
from calc import add

class TestAdd:
    def test_adds(self):
        assert add(1, 2) == 3

    def test_flaky(self):
        if not os.path.exists('flag'):
            open('flag', 'w').close()
            assert False
`,
    );
    fixture.write('pytest.ini', '[pytest]\n');
    // Debian's, which has pytest-cov beside it.
    symlinkSync('/usr/bin/pytest-3', path.join(fixture.dir, 'pytest'));
    const run = await fixture.runStage({
      uses: 'test.unit',
      with: { 'rerun-failed': 1 },
      env: { PATH: `${fixture.dir}:/usr/bin:/bin` },
    });
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('tests')).toMatchObject({ total: 2, passed: 2 });
    expect(run.report('coverage')?.files.map((file) => file.path)).toContain('calc.py');
    expect(run.stage().outputs['flaky']).toBe('1');
  });

  it.skipIf(isMissing('cargo'))('reads what cargo prints', async () => {
    fixture.write('Cargo.toml', '[package]\nname = "sum"\nversion = "0.1.0"\nedition = "2021"\n');
    const inner = '#[test] fn adds() { assert_eq!(1 + 1, 2); } #[test] fn is_bad() { panic!("no"); }';
    fixture.write('src/lib.rs', `#[cfg(test)] mod tests { ${inner} #[test] #[ignore] fn later() {} }\n`);
    const run = await fixture.runStage({ uses: 'test.unit' });
    expect(run.outcome()).toBe('failed: 1 of 3 tests failed');
    expect(run.report('tests')).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    const bad = run.report('tests')?.suites[0]?.cases.find(({ status }) => status === 'failed');
    expect(bad).toMatchObject({ name: 'tests::is_bad', details: expect.stringContaining('no') as string });
  });

  it.skipIf(isMissing('go'))('reads what go test prints', async () => {
    fixture.write('go.mod', 'module sum\n\ngo 1.19\n');
    fixture.write('sum.go', 'package sum\n\nfunc Sum(a, b int) int { return a + b }\n');
    const cases = [
      'func TestAdds(t *testing.T) { if Sum(1, 2) != 3 { t.Fatal("no") } }',
      'func TestBad(t *testing.T) { t.Run("inner", func(t *testing.T) { t.Error("is wrong") }) }',
      'func TestLater(t *testing.T) { t.Skip("later") }',
    ];
    fixture.write('sum_test.go', `package sum\n\nimport "testing"\n\n${cases.join('\n')}\n`);
    const env = { GOCACHE: path.join(fixture.dir, 'go-cache'), GOFLAGS: '-mod=mod' };
    const run = await fixture.runStage({ uses: 'test.unit', env });
    expect(run.outcome()).toMatch(/^failed: \d of \d tests failed$/);
    const all = run.report('tests')!.suites.flatMap((suite) => suite.cases);
    const named = (name: string) => all.find((one) => one.name.endsWith(name));
    expect(named('TestAdds')).toMatchObject({ status: 'passed' });
    expect(named('TestLater')).toMatchObject({ status: 'skipped' });
    expect(named('inner')).toMatchObject({
      status: 'failed',
      details: expect.stringContaining('is wrong') as string,
    });
    fixture.write('sum.go', 'package sum\n\nfunc Sum(a, b int) int { return x }\n');
    const broken = await fixture.runStage({ uses: 'test.unit', env });
    expect(broken.outcome()).toMatch(/^(failed|infra-error): /);
  });

  it('could not judge a project that tells no runner, or whose runner is not installed', async () => {
    const none = await fixture.runStage({ uses: 'test.unit' });
    expect(none.outcome()).toMatch(/^infra-error: Nothing in the folder of it tells how its tests are run\./);
    fixture.write('package.json', JSON.stringify({ devDependencies: { vitest: '*' } }));
    const missing = await fixture.runStage({ uses: 'test.unit', env: { PATH: '/usr/bin' } });
    expect(missing.outcome()).toMatch(
      /^infra-error: .*vitest was not found\. Install it \(npm install --save-dev vitest\)/,
    );
  });

  it('could not judge tests that are all skipped, or none', async () => {
    writeNode({ 'a.test.js': `import { test } from 'node:test'; test.skip('no', () => {});` });
    const skipped = await fixture.runStage({ uses: 'test.unit' });
    expect(skipped.outcome()).toMatch(/^infra-error: Nothing was checked: the only test was skipped\./);
    const files = { files: 'none/*.js' };
    const none = await fixture.runStage({ uses: 'test.unit', with: files });
    expect(none.outcome()).toMatch(/^infra-error: Nothing was checked: no test file was found\./);
    const allowed = await fixture.runStage({ uses: 'test.unit', with: { 'allow-empty': true } });
    expect(allowed.outcome()).toBe('succeeded');
  });

  it('runs each file in one part of a matrix', async () => {
    const names = ['a', 'b', 'c', 'd e'];
    writeNode(
      Object.fromEntries(
        names.map((name) => [
          `${name}.test.js`,
          `import { test } from 'node:test'; test('${name}', () => {});`,
        ]),
      ),
    );
    const file = {
      workspace: 'in-place',
      stages: {
        it: { uses: 'test.unit', matrix: { part: [1, 2] }, with: { shard: '${{ matrix.part }}/2' } },
      },
    };
    for (let round = 0; round < 2; round += 1) {
      const run = await fixture.run(file);
      expect(run.state.status).toBe('succeeded');
      const reports = fixture.host.store.reportHistory.read(run.state.runId).map(({ form }) => form);
      const ran = reports.flatMap((form) =>
        form.type === 'tests' ? form.report.suites.flatMap(({ cases }) => cases.map(({ name }) => name)) : [],
      );
      expect(ran.sort()).toEqual([...names].sort());
    }
    const empty = await fixture.runStage({ uses: 'test.unit', with: { shard: '5/5' } });
    expect(empty.outcome()).toMatch(/^infra-error: .*part 5 of 5 has no test file: there are only 4/);
    const wrong = await fixture.runStage({ uses: 'test.unit', with: { shard: '3/2' } });
    expect(wrong.outcome()).toMatch(/^failed: `shard: 3\/2` names part 3 of only 2\./);
  });

  it('judges the coverage of what was changed since a branch', async () => {
    writeNode({ 'sum.js': SUM, 'sum.test.js': SUM_TEST });
    git('init', '--initial-branch=main');
    git('add', '.');
    git('commit', '-m', 'first');
    git('checkout', '-b', 'topic');
    fixture.write('sum.js', `${SUM}export const half = (a) => {\n  return a / 2;\n};\n`);
    const run = await fixture.runStage(
      { uses: 'test.unit', with: { 'patch-min': 90 } },
      { workspace: 'shared' },
    );
    expect(run.outcome()).toMatch(/^failed: .* of the lines changed since main are covered, not 90 %$/);
    expect(run.stage().summary).toContain('`sum.js`: 8');
    expect(run.report('metrics')?.metrics.map(({ name }) => name)).toContain('coverage.patch');
    const fine = await fixture.runStage({ uses: 'test.unit', with: { 'patch-min': 10, base: 'main' } });
    expect(fine.outcome()).toBe('succeeded');
    const lost = await fixture.runStage({ uses: 'test.unit', with: { 'patch-min': 10, base: 'none' } });
    expect(lost.outcome()).toMatch(/^infra-error: What was changed is not known.*no branch none/);
  });
});
