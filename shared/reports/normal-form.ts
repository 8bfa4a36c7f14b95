import type { ReportSummary } from '../run/events.ts';
import { MAX_METRICS } from '../run/events.ts';
import type { Coverage } from './coverage.ts';
import type { FindingsReport } from './findings.ts';
import type { MetricsReport } from './metrics.ts';
import type { Provenance } from './provenance.ts';
import type { Sbom } from './sbom.ts';
import type { TestReport } from './test-report.ts';

/** A report in the form that gates, stores and inspectors know, whatever tool wrote it. */
export type NormalForm =
  | { readonly type: 'tests'; readonly report: TestReport }
  | { readonly type: 'coverage'; readonly report: Coverage }
  | { readonly type: 'findings'; readonly report: FindingsReport }
  | { readonly type: 'sbom'; readonly report: Sbom }
  | { readonly type: 'metrics'; readonly report: MetricsReport }
  | { readonly type: 'provenance'; readonly report: Provenance };

/** What events say of a report. */
export function summarize(form: NormalForm): ReportSummary {
  switch (form.type) {
    case 'tests': {
      const { total, passed, failed, errored, skipped, durationMs } = form.report;
      return { type: 'tests', total, passed, failed, errored, skipped, durationMs };
    }
    case 'coverage':
      return {
        type: 'coverage',
        linesPct: form.report.lines.pct,
        branchesPct: form.report.branches.pct,
      };
    case 'findings': {
      const { tools, checked, counts } = form.report;
      return { type: 'findings', tools: [...new Set(tools.map(({ name }) => name))], checked, ...counts };
    }
    case 'sbom': {
      const { components } = form.report;
      const unlicensed = components.filter(({ licenses }) => licenses.length === 0).length;
      return { type: 'sbom', components: components.length, unlicensed };
    }
    case 'metrics':
      return { type: 'metrics', metrics: form.report.metrics.slice(0, MAX_METRICS) };
    case 'provenance': {
      const { subjects, keyId, verified } = form.report;
      return { type: 'provenance', subjects: subjects.map(({ name }) => name), keyId, verified };
    }
  }
}
