import { expect, test } from 'vitest';
import { coverageRatio } from './coverage.ts';
import { type Finding, fingerprintOf } from './findings.ts';
import { gateValues } from './gate-values.ts';
import type { NormalForm } from './normal-form.ts';
import { countSeverities } from './severity.ts';

function findings(...rules: readonly string[]): NormalForm {
  const all = rules.map((ruleId): Finding => {
    const about = { tool: 'lint', ruleId, file: 'a.js', message: 'm', package: null };
    const place = { line: 1, column: null, endLine: null, endColumn: null };
    return { ...about, ...place, severity: 'high', fingerprint: fingerprintOf(about) };
  });
  const report = { tools: [], checked: 1, counts: countSeverities(all), findings: all, rules: [] };
  return { type: 'findings', report };
}

function coverage(lines: number): NormalForm {
  const none = coverageRatio(0, 0);
  return {
    type: 'coverage',
    report: { lines: coverageRatio(lines, 100), branches: none, functions: none, files: [] },
  };
}

const values = (reports: readonly NormalForm[], baseline: readonly NormalForm[] = [], newOnly = false) =>
  gateValues({ reports, baseline, newOnly });

test('what no report speaks of is not there', () => {
  expect(values([])).toEqual({ baseline: { exists: false } });
});

test('of several reports of coverage the least counts, and what was not measured is null', () => {
  expect(values([coverage(90), coverage(70)])['coverage']).toEqual({
    ...{ lines: 70, branches: null, functions: null, patch: null },
  });
});

test('with a baseline findings can be counted that it does not have', () => {
  const [now, before] = [[findings('a', 'b', 'b')], [findings('a', 'b')]];
  expect(values(now, before)['findings']).toMatchObject({ total: 3, high: 3, new: 1 });
  expect(values(now, before, true)).toMatchObject({
    findings: { total: 1, high: 1, new: 1 },
    baseline: { exists: true, findings: { total: 2 } },
  });
});

test('figures and bills are read by name', () => {
  const metric = { name: 'coverage.patch', value: 55, unit: 'percent', better: 'higher' } as const;
  const part = { version: null, purl: null, type: 'library', scope: 'runtime', direct: true } as const;
  const components = [
    { ...part, ref: 'a', name: 'a', licenses: ['MIT'] },
    { ...part, ref: 'b', name: 'b', licenses: [] },
  ];
  const sbom: NormalForm = {
    type: 'sbom',
    report: { format: 'x', subject: null, components, dependencies: [] },
  };
  expect(values([{ type: 'metrics', report: { metrics: [metric] } }, coverage(80), sbom])).toMatchObject({
    metrics: { 'coverage.patch': 55 },
    coverage: { patch: 55 },
    sbom: { components: 2, unlicensed: 1, licenses: ['MIT'] },
  });
});
