import type { RunReports } from '#main/host/runs/read-reports.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { Finding } from '#shared/reports/findings.ts';
import type { Metric } from '#shared/reports/metrics.ts';
import { SEVERITIES, type SeverityCounts } from '#shared/reports/severity.ts';
import type { Colors } from '../output.ts';
import { plainText } from './stage-line.ts';

/** Findings that are shown; all of them are in the JSON. */
const FINDINGS = 20;
const METRICS = 20;

/** Findings, bills, figures and provenance, a few lines each, as far as there are any. */
export function otherReportLines(reports: RunReports, colors: Colors): string[] {
  const { findings, sbom = [], metrics = [], provenance = [] } = reports;
  const lines: string[] = [];
  if (findings) {
    const worst = SEVERITIES.flatMap((severity) =>
      findings.findings.filter((one) => one.severity === severity),
    );
    lines.push(`Findings: ${countWords(findings.counts, colors)}`);
    for (const finding of worst.slice(0, FINDINGS)) lines.push(`    ${findingLine(finding, colors)}`);
    if (worst.length > FINDINGS) lines.push(colors.dim(`    and ${worst.length - FINDINGS} more`));
  }
  for (const { stage, components } of sbom) {
    const unknown = components.filter(({ licenses }) => licenses.length === 0).length;
    const words = unknown === 0 ? '' : `, ${unknown} without a known licence`;
    lines.push(`Components of ${plainText(stage)}: ${components.length}${words}`);
  }
  for (const metric of metrics.slice(0, METRICS))
    lines.push(`${plainText(metric.name)}: ${metricText(metric)} ${colors.dim(plainText(metric.stage))}`);
  if (metrics.length > METRICS) lines.push(colors.dim(`and ${metrics.length - METRICS} more figures`));
  for (const { subjects, keyId, verified } of provenance) {
    const signed = keyId === null ? 'not signed' : `signed by ${keyId.slice(0, 16)}`;
    const checked = keyId === null ? '' : verified ? ', verified' : ', not verified';
    const names = subjects.map(({ name }) => plainText(name)).join(', ');
    lines.push(`Provenance: ${names} ${colors.dim(`${signed}${checked}`)}`);
  }
  return lines;
}

/** `2 high, 5 low`, or `none`. */
export function countWords(counts: SeverityCounts, colors: Colors): string {
  const words = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => {
    const text = `${counts[severity]} ${severity}`;
    return severity === 'critical' || severity === 'high' ? colors.red(text) : text;
  });
  return words.length === 0 ? 'none' : words.join(', ');
}

function findingLine(
  { severity, file, line, message, ruleId, package: about }: Finding,
  colors: Colors,
): string {
  const place = file === null ? (about ?? '') : `${file}${line === null ? '' : `:${line}`}`;
  const text = plainText(message.split('\n')[0] ?? '');
  return `${severity} ${place === '' ? '' : `${plainText(place)} `}${text} ${colors.dim(plainText(ruleId))}`;
}

/** A figure in its unit. */
export function metricText({ value, unit }: Pick<Metric, 'value' | 'unit'>): string {
  switch (unit) {
    case 'ms':
      return formatDuration(value);
    case 'bytes':
      return formatSize(value);
    case 'percent':
      return `${round(value)} %`;
    case 'count':
    case 'ratio':
      return String(round(value));
  }
}

const round = (value: number): number => Math.round(value * 100) / 100;
