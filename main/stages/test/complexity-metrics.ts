import type { Metric } from '#shared/reports/metrics.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import type { Measured } from './adapters/measured.ts';

/** So many languages have a figure of their own. */
const MAX_LANGUAGES = 12;

/** The figures of what was measured. */
export function complexityMetrics({
  functions,
  maxComplexity,
  duplication,
  size,
}: Measured): readonly Metric[] {
  const metrics: Metric[] = [];
  const add = (name: string, value: number, unit: Metric['unit'], better: Metric['better']): void => {
    metrics.push({ name, value: Math.round(value * 100) / 100, unit, better });
  };
  if (functions.length > 0) {
    const all = functions.map(({ complexity }) => complexity);
    const sum = all.reduce((total, one) => total + one, 0);
    add(
      'complexity.max',
      all.reduce((most, one) => Math.max(most, one), 0),
      'count',
      'lower',
    );
    add('complexity.mean', sum / all.length, 'ratio', 'lower');
    add('complexity.functions', all.length, 'count', null);
    add('complexity.over', all.filter((one) => one > maxComplexity).length, 'count', 'lower');
  }
  if (duplication !== null) add('duplication.percent', duplication, 'percent', 'lower');
  if (size !== null) {
    const languages = [...size].sort(([, a], [, b]) => b.code - a.code);
    const total = (key: 'files' | 'code' | 'comments'): number =>
      languages.reduce((sum, [, one]) => sum + one[key], 0);
    add('size.files', total('files'), 'count', null);
    add('size.code', total('code'), 'count', null);
    add('size.comments', total('comments'), 'count', null);
    for (const [name, { code }] of languages.slice(0, MAX_LANGUAGES)) {
      add(`size.code.${name.toLowerCase().replaceAll(/[^a-z0-9+#]+/g, '-')}`, code, 'count', null);
    }
  }
  return metrics;
}

/** Those that are worse than in the baseline, as parts of a sentence. What the baseline lacks cannot be worse. */
export function worseThan(metrics: readonly Metric[], baseline: readonly NormalForm[]): readonly string[] {
  const before = new Map(
    baseline
      .flatMap((form) => (form.type === 'metrics' ? form.report.metrics : []))
      .map((one) => [one.name, one.value]),
  );
  return metrics.flatMap(({ name, value, better }) => {
    const was = before.get(name);
    if (was === undefined || better === null) return [];
    const isWorse = better === 'lower' ? value > was : value < was;
    return isWorse ? [`${name} is ${value}, worse than ${was} before`] : [];
  });
}
