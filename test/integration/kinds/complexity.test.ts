import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture, type KindRun } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const branches = (count: number): string =>
  Array.from({ length: count }, (_, i) => `if (a === ${i}) a += 1;`).join('\n');
const metric = (run: KindRun, name: string) =>
  run.report('metrics')?.metrics.find((one) => one.name === name)?.value;

describe('test.complexity', () => {
  it('measures functions, duplicates and lines, and fails on what is over its limits', async () => {
    fixture.write(
      'src/a b.js',
      `// eslint-disable-next-line\nexport function big(a) {\n${branches(19)}\n}\n`,
    );
    fixture.write('src/-c.js', `export function other(a) {\n${branches(19)}\n}\nexport const g = () => 3;\n`);
    const run = await fixture.runExample('test.complexity');
    expect(run.outcome()).toMatch(
      /^failed: 2 findings \(2 medium\); \d+(\.\d+)? % of the lines stand there twice, more than 5 %$/,
    );
    expect(metric(run, 'complexity.max')).toBe(20);
    expect(metric(run, 'complexity.functions')).toBe(3);
    expect(metric(run, 'complexity.over')).toBe(2);
    expect(metric(run, 'duplication.percent')).toBeGreaterThan(5);
    const found = run.report('findings')?.findings.map((one) => `${one.tool} ${one.ruleId} ${one.file}`);
    expect(found).toEqual(
      expect.arrayContaining(['eslint complexity src/a b.js', 'eslint complexity src/-c.js']),
    );
    expect(found?.some((one) => /^jscpd duplication src\//.test(one))).toBe(true);
  });

  it.skipIf(isMissing('radon', 'pmccabe', 'cloc'))(
    'measures Python and C, and counts lines by language',
    async () => {
      fixture.write(
        'p.py',
        `class A:\n  def m(self, a):\n${Array.from({ length: 9 }, (_, i) => `    if a == ${i}: a += 1\n`).join('')}`,
      );
      fixture.write('broken.py', 'def f(:\n');
      fixture.write(
        'c.c',
        `int f(int a) {\n${Array.from({ length: 29 }, (_, i) => `if (a == ${i}) a++;\n`).join('')}return a;\n}\n`,
      );
      const run = await fixture.runStage({ uses: 'test.complexity', with: { 'max-complexity': 9 } });
      expect(run.outcome()).toBe('failed: 2 findings (1 high, 1 medium)');
      expect(run.report('findings')?.findings.map(({ tool, message }) => `${tool}: ${message}`)).toEqual([
        'radon: A.m has a complexity of 10; 9 is the most.',
        'pmccabe: f has a complexity of 30; 9 is the most.',
      ]);
      expect(metric(run, 'size.code.python')).toBe(12);
      expect(await run.log()).toMatch(/1 file was not measured, as they could not be read: .*broken\.py/);
    },
  );

  it('fails when a figure is worse than in the baseline, and not when it is the same', async () => {
    const stage = { uses: 'test.complexity', with: { tool: 'eslint', 'worse-than-baseline': true } };
    fixture.write('a.js', `function f(a) {\n${branches(3)}\n}\n`);
    expect((await fixture.runStage(stage)).outcome()).toBe('succeeded');
    expect((await fixture.runStage(stage)).outcome()).toBe('succeeded');
    fixture.write('a.js', `function f(a) {\n${branches(4)}\n}\n`);
    const worse = await fixture.runStage(stage);
    expect(worse.outcome()).toBe(
      'failed: complexity.max is 5, worse than 4 before; complexity.mean is 5, worse than 4 before',
    );
  });

  it('says what it lacks when no tool is there, and that there was nothing to measure', async () => {
    fixture.write('a.js', '1\n');
    const missing = await fixture.runStage({ uses: 'test.complexity', env: { PATH: '/nonexistent' } });
    expect(missing.outcome()).toMatch(
      /^infra-error: No tool is there to measure the code: eslint was not found\./,
    );
    const none = await fixture.runStage({ uses: 'test.complexity', with: { paths: 'none' } });
    expect(none.outcome()).toMatch(/^infra-error: Nothing was checked/);
  });
});
