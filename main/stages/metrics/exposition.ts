import type { StageReport } from '#main/engine/ports.ts';
import type { MetricUnit } from '#shared/reports/metrics.ts';

/** A figure of the run, ready to be sent. */
export interface Sample {
  /** `pipewright_` and a name that Prometheus takes. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What the stages of a run have reported so far: figures, tests, coverage and findings. */
export function samplesOf(reports: readonly StageReport[]): readonly Sample[] {
  return reports.flatMap(({ stage, form }): Sample[] => {
    const sample = (name: string, value: number, labels: Readonly<Record<string, string>> = {}): Sample => ({
      name: `pipewright_${name}`,
      labels: { stage, ...labels },
      value,
    });
    switch (form.type) {
      case 'metrics':
        return form.report.metrics.map(({ name, value, unit }) => {
          const [base, factor] = UNITS[unit];
          return sample(`${plainName(name)}${base}`, value * factor);
        });
      case 'tests': {
        const { passed, failed, errored, skipped } = form.report;
        return Object.entries({ passed, failed, errored, skipped }).map(([status, count]) =>
          sample('tests', count, { status }),
        );
      }
      case 'coverage':
        return (['lines', 'branches', 'functions'] as const).flatMap((of) => {
          const { pct } = form.report[of];
          return pct === null ? [] : [sample('coverage_ratio', pct / 100, { of })];
        });
      case 'findings':
        return Object.entries(form.report.counts).map(([severity, count]) =>
          sample('findings', count, { severity }),
        );
      case 'sbom':
        return [sample('components', form.report.components.length)];
      case 'provenance':
        return [];
    }
  });
}

/** Prometheus has base units: seconds, bytes, ratios. @see Prometheus, "Metric and label naming" */
const UNITS: Readonly<Record<MetricUnit, readonly [ending: string, factor: number]>> = {
  ms: ['_seconds', 0.001],
  bytes: ['_bytes', 1],
  percent: ['_ratio', 0.01],
  ratio: ['_ratio', 1],
  count: ['', 1],
};

/** `bundle.gzip-bytes` -> `bundle_gzip`: the unit stands at the end anyway. */
const plainName = (name: string): string =>
  name
    .replace(/[.\-_](ms|bytes|percent|pct|ratio)$/, '')
    .replaceAll(/\W+/g, '_')
    .replace(/^(\d)/, '_$1');

/** The text that Prometheus reads. @see Prometheus, "Exposition formats" */
export function expositionOf(samples: readonly Sample[]): string {
  const names = [...new Set(samples.map(({ name }) => name))];
  const lines = names.flatMap((name) => [
    `# TYPE ${name} gauge`,
    ...samples.filter((sample) => sample.name === name).map(lineOf),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

function lineOf({ name, labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
  return `${name}{${pairs.join(',')}} ${value}`;
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
