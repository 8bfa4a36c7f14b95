import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatIssue } from '#shared/lib/issue.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const SARIF = (...rules: readonly string[]): string =>
  JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'lint' } },
        results: rules.map((ruleId) => ({ ruleId, level: 'error', message: { text: `about ${ruleId}` } })),
      },
    ],
  });
const LCOV = 'TN:\nSF:a.js\nDA:1,1\nDA:2,0\nDA:3,1\nDA:4,1\nend_of_record\n';
const JUNIT = '<testsuites><testsuite name="a"><testcase name="b"/></testsuite></testsuites>';
const reports = { junit: 'unit.xml', coverage: 'lcov.info', sarif: 'lint.sarif' };

function git(...args: readonly string[]): void {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid'];
  execFileSync('git', [...who, ...args], { cwd: fixture.projectDir, stdio: 'ignore' });
}

function writeReports(...rules: readonly string[]): void {
  fixture.write('unit.xml', JUNIT);
  fixture.write('lcov.info', LCOV);
  fixture.write('lint.sarif', SARIF(...rules));
}

describe('a gate', () => {
  it('lets pass what holds, and says the values of what does not', async () => {
    writeReports('one');
    const stage = { run: 'true', reports };
    const fine = await fixture.runStage({ ...stage, gate: ['tests.failed == 0', 'coverage.lines >= 75'] });
    expect(fine.outcome()).toBe('succeeded');
    const gate = ['tests.total == 1', 'coverage.lines >= 80', '${{ findings.high == 0 }}'];
    const closed = await fixture.runStage({ ...stage, gate });
    expect(closed.outcome()).toBe('failed: coverage.lines is 75, not >= 80; findings.high is 1, not == 0');
    expect(closed.stage().issues.map(({ code }) => code)).toEqual(['gate-closed', 'gate-closed']);
    // What it reported is kept.
    expect(closed.report('tests')).toMatchObject({ total: 1 });
  });

  it('is not passed by what nobody measured', async () => {
    writeReports();
    const stage = { run: 'true', reports: { coverage: 'lcov.info' } };
    const tests = await fixture.runStage({ ...stage, gate: 'tests.failed == 0' });
    expect(tests.outcome()).toMatch(/^failed: .*there is no `tests\.failed`/);
    const branches = await fixture.runStage({ ...stage, gate: 'coverage.branches >= 0' });
    expect(branches.outcome()).toMatch(/^failed: .*`coverage\.branches` was not measured/);
    const figure = await fixture.runStage({ ...stage, gate: "metrics['bundle.gzip'] < 3" });
    expect(figure.outcome()).toMatch(/^failed: .*there is no `metrics/);
  });

  it('does not hide why the work failed', async () => {
    const run = await fixture.runStage({ run: 'exit 4', gate: 'tests.failed == 0' });
    expect(run.outcome()).toBe('failed: exit code 4');
  });

  it('counts findings that the main branch does not have', async () => {
    fixture.write('.gitignore', '*.sarif\n*.xml\n*.info\npipewright.yml\n');
    git('init', '--initial-branch=main');
    git('add', '.');
    git('commit', '-m', 'first');
    writeReports('one', 'two');
    const stage = { run: 'true', reports };
    const first = await fixture.runStage({ ...stage, gate: '!baseline.exists' });
    expect(first.outcome()).toBe('succeeded');
    git('checkout', '-b', 'topic');
    writeReports('one', 'two', 'three');
    const gate = { conditions: ['findings.high == 0'], baseline: 'new-only' };
    for (let round = 0; round < 2; round += 1) {
      const run = await fixture.runStage({ ...stage, gate });
      expect(run.outcome()).toBe('failed: findings.high is 1, not == 0');
    }
    writeReports('two', 'one');
    const mended = await fixture.runStage({ ...stage, gate: { ...gate, branch: 'main' } });
    expect(mended.outcome()).toBe('succeeded');
    const worse = { conditions: 'coverage.lines > baseline.coverage.lines' };
    const compared = await fixture.runStage({ ...stage, gate: worse });
    expect(compared.outcome()).toBe('failed: coverage.lines is 75, not > baseline.coverage.lines (75)');
  });

  it('is checked before anything runs', () => {
    const issuesOf = (gate: string): string[] =>
      parsePipeline(`stages:\n  a:\n    run: x\n    gate: ${gate}\n`, 'p.yml', { kinds: [] }).issues.map(
        formatIssue,
      );
    expect(issuesOf("['tests.failed == 0', \"metrics['a.b'] < inputs.x\"]")).toEqual([
      expect.stringContaining('There is no input `x`'),
    ]);
    expect(issuesOf('tests.faild == 0')).toEqual([expect.stringContaining('did you mean `failed`?')]);
    expect(issuesOf('{ conditions: secrets.a }')).toEqual([expect.stringContaining('no context `secrets`')]);
    expect(issuesOf('{ conditions: [tests.total ==] }')).toHaveLength(1);
    expect(issuesOf('{ conditions: findings.new == 0, baseline: none }')).toEqual([
      expect.stringContaining('must be one of all, new-only'),
    ]);
  });
});
