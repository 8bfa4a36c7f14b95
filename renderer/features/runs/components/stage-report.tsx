import type { ReactNode } from 'react';
import { Badge } from '#renderer/ui/badge.tsx';
import { metricValue } from '#renderer/ui/metric-value.ts';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import type { RunTab } from '#renderer/ui/navigation/route.ts';
import { percentWords } from '#renderer/ui/percent.ts';
import { severityTone } from '#renderer/ui/severity-mark.tsx';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { SEVERITIES } from '#shared/reports/severity.ts';
import type { ReportSummary } from '#shared/run/events.ts';
import styles from './stage-panel.module.css';

const MOST_METRICS = 6;

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

interface StageReportProps {
  readonly report: ReportSummary;
  readonly runId: RunId;
}

/** One report of a stage in a line; leads to the tab that shows all of it. */
export function StageReport({ report, runId }: StageReportProps) {
  switch (report.type) {
    case 'tests': {
      const failed = report.failed + report.errored;
      return (
        <Line runId={runId} tab="tests" label={counted(report.total, 'test', 'tests')}>
          {failed > 0 && <Badge tone="failed">{failed} failed</Badge>}
          {report.passed > 0 && <Badge tone="succeeded">{report.passed} passed</Badge>}
          {report.skipped > 0 && <Badge tone="skipped">{report.skipped} skipped</Badge>}
        </Line>
      );
    }
    case 'coverage':
      return (
        <Line runId={runId} tab="coverage" label="Coverage">
          {report.linesPct !== null && <Badge>{percentWords(report.linesPct)} lines</Badge>}
          {report.branchesPct !== null && <Badge>{percentWords(report.branchesPct)} branches</Badge>}
        </Line>
      );
    case 'findings': {
      const found = SEVERITIES.filter((severity) => report[severity] > 0);
      return (
        <Line
          runId={runId}
          tab="findings"
          label={report.tools.length > 0 ? report.tools.join(', ') : 'Findings'}
        >
          {found.map((severity) => (
            <Badge key={severity} tone={severityTone(severity)}>
              {report[severity]} {severity}
            </Badge>
          ))}
          {found.length === 0 && <Badge tone="succeeded">nothing found</Badge>}
          {report.checked !== null && (
            <span className={styles['time']}>{report.checked.toLocaleString('en')} checked</span>
          )}
        </Line>
      );
    }
    case 'sbom':
      return (
        <Line runId={runId} tab="supply-chain" label={counted(report.components, 'component', 'components')}>
          {report.unlicensed > 0 && <Badge tone="warning">{report.unlicensed} without a licence</Badge>}
        </Line>
      );
    case 'provenance':
      return (
        <Line runId={runId} tab="supply-chain" label="Provenance">
          <Badge tone={report.verified ? 'succeeded' : 'warning'}>
            {report.verified ? 'signed, verified' : report.keyId === null ? 'not signed' : 'not verified'}
          </Badge>
          <span className={styles['time']} title={report.subjects.join('\n')}>
            {counted(report.subjects.length, 'subject', 'subjects')}
          </span>
        </Line>
      );
    case 'metrics':
      return (
        <>
          {report.metrics.slice(0, MOST_METRICS).map((metric) => (
            <Line key={metric.name} runId={runId} tab="metrics" label={metric.name}>
              <span className={styles['time']}>{metricValue(metric.value, metric.unit)}</span>
            </Line>
          ))}
          {report.metrics.length > MOST_METRICS && (
            <Line
              runId={runId}
              tab="metrics"
              label={counted(report.metrics.length - MOST_METRICS, 'more metric', 'more metrics')}
            />
          )}
        </>
      );
    default:
      return assertNever(report);
  }
}

function Line({
  runId,
  tab,
  label,
  children,
}: {
  readonly runId: RunId;
  readonly tab: RunTab;
  readonly label: string;
  readonly children?: ReactNode;
}) {
  return (
    <li className={styles['result']}>
      <RouteLink className={styles['link']} to={{ screen: 'run', runId, tab }}>
        {label}
      </RouteLink>
      {children}
    </li>
  );
}
