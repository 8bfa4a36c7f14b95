import { type Finding, type FindingsReport, fingerprintOf } from '#shared/reports/findings.ts';
import type { Metric, MetricUnit } from '#shared/reports/metrics.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { countSeverities } from '#shared/reports/severity.ts';

/** A finding of which only what is known has to be said. */
export type FindingDraft = Pick<Finding, 'ruleId' | 'tool' | 'severity' | 'message'> &
  Partial<Omit<Finding, 'fingerprint'>>;

export function finding(draft: FindingDraft): Finding {
  const full = {
    file: null,
    line: null,
    column: null,
    endLine: null,
    endColumn: null,
    package: null,
    ...draft,
  };
  return { ...full, fingerprint: fingerprintOf(full) };
}

/** @param checked what was looked at; null: it cannot be told */
export function findingsForm(
  tools: FindingsReport['tools'],
  findings: readonly Finding[],
  checked: number | null = null,
  rules: FindingsReport['rules'] = [],
): NormalForm {
  const report = { tools, checked, counts: countSeverities(findings), findings: [...findings], rules };
  return { type: 'findings', report };
}

/** A figure of which less is better, unless said otherwise. */
export const metric = (
  name: string,
  value: number,
  unit: MetricUnit,
  better: Metric['better'] = 'lower',
): Metric => ({ name, value, unit, better });

export const metricsForm = (metrics: readonly Metric[]): NormalForm => ({
  type: 'metrics',
  report: { metrics: [...metrics] },
});
