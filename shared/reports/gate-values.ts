import type { Coverage, CoverageRatio } from './coverage.ts';
import { type Finding, type FindingsReport, mergeFindings } from './findings.ts';
import type { Metric } from './metrics.ts';
import { newFindings } from './new-findings.ts';
import type { NormalForm } from './normal-form.ts';
import type { Sbom } from './sbom.ts';
import { countSeverities } from './severity.ts';
import { mergeTestReports, type TestReport } from './test-report.ts';

/** What gates and policies read of reports, by context; one that no report speaks of is absent, and a value that was not measured is null. */
export type GateValues = Readonly<Record<string, unknown>>;

/** The contexts, with the names below them; null: names are free. */
export const GATE_CONTEXTS: Readonly<Record<string, readonly string[] | null>> = {
  tests: ['total', 'passed', 'failed', 'errored', 'skipped', 'flaky', 'durationMs'],
  coverage: ['lines', 'branches', 'functions', 'patch'],
  findings: ['total', 'critical', 'high', 'medium', 'low', 'info', 'new'],
  sbom: ['components', 'unlicensed', 'licenses'],
  metrics: null,
  baseline: ['exists', 'tests', 'coverage', 'findings', 'sbom', 'metrics'],
};

export interface GateBasis {
  readonly reports: readonly NormalForm[];
  /** Of the same stage in an earlier run; empty: there is none. */
  readonly baseline: readonly NormalForm[];
  /** Findings that the baseline has do not count. */
  readonly newOnly: boolean;
}

/** The values of a stage's reports. Several of one type count together. */
export function gateValues({ reports, baseline, newOnly }: GateBasis): GateValues {
  const known = findingsIn(baseline);
  return {
    ...valuesOf(reports, known, newOnly),
    baseline: { exists: baseline.length > 0, ...valuesOf(baseline, known, false) },
  };
}

function valuesOf(forms: readonly NormalForm[], known: readonly Finding[], newOnly: boolean): GateValues {
  const of = <Type extends NormalForm['type']>(type: Type) =>
    forms.flatMap((form) =>
      form.type === type ? [form.report as Extract<NormalForm, { type: Type }>['report']] : [],
    );
  const metrics = of('metrics').flatMap((report) => report.metrics);
  const [tests, coverage, findings, sboms] = [of('tests'), of('coverage'), of('findings'), of('sbom')];
  return {
    ...(tests.length > 0 && { tests: testValues(mergeTestReports(tests)) }),
    ...(coverage.length > 0 && { coverage: coverageValues(coverage, metrics) }),
    ...(findings.length > 0 && { findings: findingValues(findings, known, newOnly) }),
    ...(sboms.length > 0 && { sbom: sbomValues(sboms) }),
    ...(metrics.length > 0 && {
      metrics: Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
    }),
  };
}

const testValues = ({
  total,
  passed,
  failed,
  errored,
  skipped,
  durationMs,
  suites,
}: TestReport): GateValues => ({
  ...{ total, passed, failed, errored, skipped, durationMs },
  flaky: suites.reduce((sum, { cases }) => sum + cases.filter((one) => one.flaky === true).length, 0),
});

/** Of several reports the least counts, so that none hides behind another. */
function coverageValues(reports: readonly Coverage[], metrics: readonly Metric[]): GateValues {
  const least = (measure: 'lines' | 'branches' | 'functions'): number | null => {
    const shares = reports.map((report): CoverageRatio => report[measure]).flatMap(({ pct }) => pct ?? []);
    return shares.length === 0 ? null : Math.min(...shares);
  };
  const patch = metrics.find(({ name }) => name === 'coverage.patch')?.value ?? null;
  return { lines: least('lines'), branches: least('branches'), functions: least('functions'), patch };
}

function findingValues(
  reports: readonly FindingsReport[],
  known: readonly Finding[],
  newOnly: boolean,
): GateValues {
  const { findings } = mergeFindings(reports);
  const fresh = newFindings(findings, known);
  const counted = newOnly ? fresh : findings;
  return { total: counted.length, ...countSeverities(counted), new: fresh.length };
}

function sbomValues(sboms: readonly Sbom[]): GateValues {
  const components = sboms.flatMap((sbom) => sbom.components);
  return {
    components: components.length,
    unlicensed: components.filter(({ licenses }) => licenses.length === 0).length,
    licenses: [...new Set(components.flatMap(({ licenses }) => licenses))].sort(),
  };
}

const findingsIn = (forms: readonly NormalForm[]): readonly Finding[] =>
  forms.flatMap((form) => (form.type === 'findings' ? form.report.findings : []));
