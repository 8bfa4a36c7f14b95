import { describe, expect, it } from 'vitest';
import { formatIssue } from '../lib/issue.ts';
import { compilePlan } from './compile-plan.ts';
import { parsePipeline } from './parse.ts';

function planned(stages: string, inputs: Readonly<Record<string, string>> = {}) {
  const text = `inputs: { t: { default: 30s }, ok: { type: boolean } }\nstages:\n${stages}`;
  const { pipeline, issues } = parsePipeline(text, 'p.yml', { kinds: [] });
  if (issues.length > 0) return { stages: [], issues: issues.map(formatIssue) };
  const { plan, issues: faults } = compilePlan(pipeline!, { inputs });
  return { stages: plan?.stages ?? [], issues: faults.map(formatIssue) };
}

describe('expressions for values that are no texts', () => {
  it('come to a time limit and a consent, of stages and of steps', () => {
    const stages = `
  a:
    timeout: \${{ inputs.t }}
    continue-on-error: \${{ inputs.ok }}
    steps: [{ run: x, timeout: '\${{ inputs.t }}', continue-on-error: '\${{ !inputs.ok }}' }]`;
    const [stage] = planned(stages, { ok: 'true' }).stages;
    expect(stage).toMatchObject({ timeoutMs: 30_000, continueOnError: true });
    expect(stage?.steps[0]).toMatchObject({ timeoutMs: 30_000, continueOnError: false });
    expect(stage).not.toHaveProperty('open');
  });

  it('are of each leg of a matrix its own, and as if they were not there where they come to nothing', () => {
    const stages = `
  m:
    matrix: { include: [{ n: 1, limit: 1m, free: true }, { n: 2 }] }
    timeout: \${{ matrix.limit }}
    continue-on-error: \${{ matrix.free }}
    run: x`;
    const legs = planned(stages).stages.filter(({ leg }) => leg !== null);
    expect(legs.map(({ timeoutMs, continueOnError }) => [timeoutMs, continueOnError])).toEqual([
      [60_000, true],
      [null, false],
    ]);
  });

  it.each([
    [
      'soon',
      'p.yml:3:1 error expression-failed',
      'it must be a duration such as 30s, but is the text `soon`',
    ],
    ['0', 'p.yml:3:1 error expression-failed', 'it must be a duration'],
  ])('are refused when they come to %s', (t, place, reason) => {
    const { issues } = planned('  a: { run: x, timeout: "${{ inputs.t }}" }', { t });
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain(place);
    expect(issues[0]).toContain(reason);
  });

  it('are refused before a run when only a run knows them', () => {
    const { issues } = planned('  a: { run: x, timeout: "${{ run.number }}" }');
    expect(issues.join()).toContain('There is no context `run` here');
  });
});

it('takes what someone gave to an input for a text, not for a template', () => {
  const stages =
    '  a: { run: x, artifacts: { name: "n-${{ inputs.t }}", paths: x }, locks: "${{ inputs.t }}" }';
  const [stage] = planned(stages, { t: '${{ secrets.X }}' }).stages;
  expect(stage?.artifacts[0]?.name).toBe("n-${{ '${{' }} secrets.X }}");
  expect(stage?.locks).toEqual(["${{ '${{' }} secrets.X }}"]);
});
