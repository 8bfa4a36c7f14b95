import { chunkedToArray } from '#shared/lib/chunked.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { Severity } from '#shared/reports/severity.ts';
import { sumTestReports } from '#shared/reports/test-report.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import type { RunStatus } from '#shared/run/status.ts';
import type { Colors } from '../output.ts';
import { countWords, metricText } from './report-lines.ts';
import { plainText, reasonOf, stageDurationMs } from './stage-line.ts';

const SLOWEST = 3;
/** Figures that are shown; `reports` shows more. */
const METRICS = 6;
/** Failures whose log is shown; further ones are named only. */
const FAILURES_SHOWN = 3;

export interface SummaryOptions {
  readonly colors: Colors;
  /** The last lines of a stage's log. */
  readonly tail: (stage: StageState) => Promise<readonly string[]>;
  /** The command line that shows the whole log of a stage. */
  readonly logCommand: (stage: StageState) => string;
}

/** What a person wants to know when a run has ended. */
export async function summaryLines(state: RunState, options: SummaryOptions): Promise<string[]> {
  const { colors } = options;
  const stages = chunkedToArray(state.stages);
  const failed = stages.filter(
    ({ status }) => status === 'failed' || status === 'timed-out' || status === 'infra-error',
  );
  const lines: string[] = [];
  for (const stage of failed.slice(0, FAILURES_SHOWN)) {
    lines.push('', `${colors.red(`✗ ${plainText(stage.id)}`)} ${reasonOf(stage) ?? ''}`);
    for (const line of await options.tail(stage)) lines.push(colors.dim(`  ${plainText(line)}`));
    if (stage.attempts.length > 0)
      lines.push(`  ${colors.dim('The whole log:')} ${options.logCommand(stage)}`);
  }
  if (failed.length > FAILURES_SHOWN) {
    lines.push('', `and ${failed.length - FAILURES_SHOWN} more: ${names(failed.slice(FAILURES_SHOWN))}`);
  }
  return [...lines, '', headline(state, colors), ...runFacts(stages, colors)];
}

/** `Succeeded in 12s #3 0mb…`. */
export function headline(state: RunState, colors: Colors): string {
  const paint = { succeeded: colors.green, failed: colors.red } as Partial<
    Record<RunStatus, (text: string) => string>
  >;
  const durationMs = runDurationMs(state);
  const took = durationMs === null ? '' : ` in ${formatDuration(durationMs)}`;
  const word = state.status[0]!.toUpperCase() + state.status.slice(1);
  return `${colors.bold((paint[state.status] ?? colors.yellow)(word))}${took} ${colors.dim(`#${state.number} ${state.runId}`)}`;
}

/** Null while it runs, or when it never started. */
export function runDurationMs(state: RunState): number | null {
  if (state.startedAt === null || state.finishedAt === null) return null;
  return Math.max(0, Date.parse(state.finishedAt) - Date.parse(state.startedAt));
}

/** Slowest stages, artifacts, tests and coverage, each on a line of its own, as far as there are any. */
export function runFacts(stages: readonly StageState[], colors: Colors): string[] {
  const rows: [string, string][] = [];
  const slowest = stages
    .map((stage) => ({ stage, durationMs: stage.attempts.length === 0 ? null : stageDurationMs(stage, 0) }))
    .filter((entry): entry is { stage: StageState; durationMs: number } => entry.durationMs !== null)
    .sort((a, b) => b.durationMs - a.durationMs)
    .slice(0, SLOWEST)
    .map(({ stage, durationMs }) => `${plainText(stage.id)} ${formatDuration(durationMs)}`);
  if (stages.length > 1 && slowest.length > 0) rows.push(['Slowest', slowest.join(', ')]);
  const artifacts = stages.flatMap((stage) => stage.artifacts);
  if (artifacts.length > 0) {
    rows.push([
      'Artifacts',
      artifacts.map(({ name, sizeBytes }) => `${plainText(name)} ${formatSize(sizeBytes)}`).join(', '),
    ]);
  }
  const tests = stages.flatMap((stage) => stage.reports.filter((report) => report.type === 'tests'));
  if (tests.length > 0) {
    const { total, passed, failed, errored, skipped } = sumTestReports(tests);
    const bad = failed + errored;
    const parts = [`${passed} of ${total} passed`];
    if (bad > 0) parts.push(colors.red(`${bad} failed`));
    if (skipped > 0) parts.push(`${skipped} skipped`);
    rows.push(['Tests', parts.join(', ')]);
  }
  for (const report of stages.flatMap((stage) => stage.reports)) {
    if (report.type === 'coverage' && report.linesPct !== null)
      rows.push(['Coverage', `${report.linesPct} % of lines`]);
  }
  rows.push(...qualityRows(stages, colors));
  return rows.map(([name, text]) => `${colors.dim(name.padEnd(10))}${text}`);
}

/** Findings, components and figures. */
function qualityRows(stages: readonly StageState[], colors: Colors): [string, string][] {
  const rows: [string, string][] = [];
  const reports = stages.flatMap((stage) => stage.reports);
  const findings = reports.filter((report) => report.type === 'findings');
  if (findings.length > 0) {
    const sum = (severity: Severity): number => findings.reduce((all, counts) => all + counts[severity], 0);
    const counts = {
      ...{ critical: sum('critical'), high: sum('high'), medium: sum('medium') },
      ...{ low: sum('low'), info: sum('info') },
    };
    rows.push(['Findings', countWords(counts, colors)]);
  }
  for (const report of reports) {
    if (report.type === 'sbom') rows.push(['SBOM', `${report.components} components`]);
  }
  const metrics = reports.flatMap((report) => (report.type === 'metrics' ? report.metrics : []));
  if (metrics.length > 0) {
    const shown = metrics
      .slice(0, METRICS)
      .map((metric) => `${plainText(metric.name)} ${metricText(metric)}`);
    const more = metrics.length > METRICS ? `, and ${metrics.length - METRICS} more` : '';
    rows.push(['Metrics', shown.join(', ') + more]);
  }
  return rows;
}

function names(stages: readonly StageState[]): string {
  return stages.map((stage) => plainText(stage.id)).join(', ');
}
