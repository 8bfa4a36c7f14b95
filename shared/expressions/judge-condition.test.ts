import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeCondition } from './judge-condition.ts';

const contexts = {
  tests: { total: 3, failed: 0 },
  coverage: { lines: 78.2, branches: null },
  sbom: { licenses: ['MIT', 'GPL-3.0'] },
  metrics: { 'bundle.gzip': 12_000 },
  baseline: { exists: false },
  inputs: { target: 'production' },
};
const why = (source: string): string | null => {
  const judgement = judgeCondition(source, contexts);
  return judgement.holds ? null : judgement.why;
};

describe('a demand on values', () => {
  it.each([
    ['tests.failed == 0', null],
    ['${{ tests.failed == 0 }}', null],
    ['coverage.lines >= 80', 'coverage.lines is 78.2, not >= 80'],
    ['tests.total > 1 && coverage.lines >= 80', 'coverage.lines is 78.2, not >= 80'],
    ["metrics['bundle.gzip'] < 10000", "metrics['bundle.gzip'] is 12000, not < 10000"],
    ['tests.failed >= tests.total', 'tests.failed is 0, not >= tests.total (3)'],
    ['tests.failed > 0 || tests.total > 9', 'tests.failed is 0, not > 0, and tests.total is 3, not > 9'],
    ["inputs.target == 'staging'", "inputs.target is 'production', not == 'staging'"],
    [
      "!contains(sbom.licenses, 'GPL-3.0')",
      '`!contains(sbom.licenses, \'GPL-3.0\')` does not hold (sbom.licenses = ["MIT","GPL-3.0"])',
    ],
    ['!baseline.exists || coverage.lines >= baseline.coverage.lines', null],
    ["inputs.none == ''", null],
  ])('`%s` says why it is not met', (source, expected) => {
    expect(why(source)).toBe(expected);
  });

  it.each([
    ['findings.total == 0', 'There is no context `findings` here'],
    ['tests.faild == 0', 'there is no `tests.faild`'],
    ["metrics['x'] == 0", 'there is no `metrics.x`'],
    ['coverage.branches < 10', '`coverage.branches` was not measured'],
    ['coverage.lines >= baseline.coverage.lines', 'there is no `baseline.coverage.lines`'],
    ['tests.failed ==', ''],
  ])('`%s` reads what is not there', (source, message) => {
    expect(() => judgeCondition(source, contexts)).toThrow(message);
  });

  it('takes any text without another fault than its own', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          judgeCondition(text, contexts);
        } catch (error) {
          expect((error as Error).name).toBe('ExpressionFailure');
        }
      }),
    );
  });
});
