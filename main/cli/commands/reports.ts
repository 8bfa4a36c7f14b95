import { readReports } from '#main/host/runs/read-reports.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import type { TestReport } from '#shared/reports/test-report.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findRun } from '../find-run.ts';
import type { Output } from '../output.ts';
import { otherReportLines } from '../run-output/report-lines.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

/** The reports of a run; what no stage reported is absent. */
export function reportsCommand(context: CliContext, word: string): Promise<ExitCode> {
  return withHost(context, ({ store }) => {
    const { output } = context;
    const run = findRun(store, context, word);
    const reports = readReports(store, run.id);
    if (output.format !== 'pretty') {
      output.json(reports);
      return EXIT.succeeded;
    }
    if (reports.tests) writeTests(reports.tests, output);
    if (reports.coverage) {
      const { lines, branches } = reports.coverage;
      const parts = [`${lines.pct ?? 100} % of ${lines.total} lines`];
      if (branches.pct !== null) parts.push(`${branches.pct} % of ${branches.total} branches`);
      output.line(`Coverage: ${parts.join(', ')}`);
    }
    for (const line of otherReportLines(reports, output.colors)) output.line(line);
    if (Object.keys(reports).length === 0) output.note(`Run #${run.number} has no reports.`);
    return EXIT.succeeded;
  });
}

function writeTests(report: TestReport, output: Output): void {
  const { colors } = output;
  for (const suite of report.suites) {
    const bad = suite.failed + suite.errored;
    const mark = bad === 0 ? colors.green('✓') : colors.red('✗');
    output.line(
      `${mark} ${plainText(suite.name)}  ${suite.passed}/${suite.total}  ${colors.dim(formatDuration(suite.durationMs))}`,
    );
    for (const test of suite.cases) {
      if (test.status !== 'failed' && test.status !== 'errored') continue;
      output.line(`    ${colors.red('✗')} ${plainText(test.name)}`);
      for (const line of (test.message ?? '').split('\n').slice(0, 5)) {
        if (line.trim() !== '') output.line(colors.dim(`      ${plainText(line)}`));
      }
    }
  }
  const { total, passed, failed, errored, skipped, durationMs } = report;
  const parts = [`${total} tests`, `${passed} passed`];
  if (failed > 0) parts.push(colors.red(`${failed} failed`));
  if (errored > 0) parts.push(colors.red(`${errored} errored`));
  if (skipped > 0) parts.push(`${skipped} skipped`);
  output.line(`${parts.join(', ')} in ${formatDuration(durationMs)}`);
}
