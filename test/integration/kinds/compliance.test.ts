import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture, type KindRun } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
  fixture.write('unit.xml', '<testsuites><testsuite name="a"><testcase name="b"/></testsuite></testsuites>');
  fixture.write('lcov.info', 'TN:\nSF:a.js\nDA:1,1\nDA:2,0\nDA:3,1\nend_of_record\n');
});
afterEach(() => fixture[Symbol.asyncDispose]());

const unit = { run: 'true', reports: { junit: 'unit.xml', coverage: 'lcov.info' } };

function git(...args: readonly string[]): void {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.invalid'];
  execFileSync('git', [...who, ...args], { cwd: fixture.projectDir, stdio: 'ignore' });
}

const judge = (settings: object, stages: object = { unit }): Promise<KindRun> =>
  fixture.run({
    workspace: 'in-place',
    stages: { ...stages, it: { uses: 'test.compliance', with: settings, needs: Object.keys(stages) } },
  });

interface Control {
  readonly id: string;
  readonly holds: boolean;
  readonly evidence: Readonly<Record<string, string | null>>;
}
const controls = (): readonly Control[] =>
  (JSON.parse(fixture.read('compliance.json')) as { readonly controls: readonly Control[] }).controls;

describe('test.compliance', () => {
  it('holds by the evidence of the run, and keeps a record of it', async () => {
    const run = await judge(fixture.host.kinds.get('test.compliance')!.example);
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('tests')).toMatchObject({ total: 2, passed: 2 });
    expect(controls()).toMatchObject([
      {
        id: 'tests-passed',
        holds: true,
        evidence: { tests: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      },
      { id: 'covered', holds: true, control: 'QA-1' },
    ]);
    expect(run.stage().artifacts.map(({ name }) => name)).toEqual(['compliance']);
  });

  it('runs its example, which fails by name where evidence is missing', async () => {
    const run = await fixture.runExample('test.compliance');
    expect(run.outcome()).toMatch(
      /^failed: 2 of 2 policies do not hold: tests-passed \(.*there is no `tests\.total`/,
    );
    const cases = run.report('tests')?.suites[0]?.cases.map(({ name, status }) => [name, status]);
    expect(cases).toEqual([
      ['tests-passed', 'failed'],
      ['covered', 'failed'],
    ]);
    expect(controls()[0]).toMatchObject({ holds: false, evidence: { tests: null } });
  });

  it('reads single stages, and refuses two policies of one name', async () => {
    const of = (expr: string) => ({ policies: [{ id: 'one', expr }] });
    const fine = await judge(of("stages.unit.tests.passed == 1 && stages.unit.status == 'succeeded'"));
    expect(fine.outcome()).toBe('succeeded');
    const wrong = await judge(of('stages.unit.findings.high == 0'));
    expect(wrong.outcome()).toMatch(/there is no `stages\.unit\.findings\.high`/);
    const twice = await judge({ policies: ['no-critical', 'no-critical'] });
    expect(twice.outcome()).toMatch(/^failed: Two policies are called no-critical/);
  });

  it('wants the approval of someone else than the author, and a signed commit', async () => {
    git('init', '--initial-branch=main');
    git('add', '.');
    git('commit', '-m', 'first');
    const unsigned = await judge({ policies: ['signed-commit', 'four-eyes'] });
    expect(unsigned.outcome()).toMatch(
      /signed-commit \(commit\.signed is false, not == true\); four-eyes \(.*there is no/,
    );

    const approve = async (by: string): Promise<string> => {
      const { engine } = fixture.host;
      const stop = engine.subscribe((runId, events) => {
        const asked = events.find(({ type }) => type === 'approval-requested');
        if (asked?.type !== 'approval-requested') return;
        // After the engine has done with the event.
        setImmediate(() =>
          engine.decideApproval(runId, asked.stage, { decision: 'approved', by, comment: null }),
        );
      });
      const run = await judge({ policies: ['four-eyes'] }, { ask: { approval: { message: 'Ship?' } } });
      stop();
      return run.outcome();
    };
    expect(await approve('ada')).toMatch(/^failed: .*four-eyes \(approvals\.others is 0, not > 0\)/);
    expect(await approve('grace')).toBe('succeeded');
  });
});
