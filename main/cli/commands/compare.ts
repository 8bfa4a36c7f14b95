import { compareRuns } from '#main/host/reports/compare-runs.ts';
import { readRun } from '#main/host/runs/read-run.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findRun } from '../find-run.ts';
import { comparisonLines } from '../run-output/comparison-lines.ts';
import { withHost } from '../with-host.ts';

/** What differs between two runs, the earlier one first. */
export function compareCommand(context: CliContext, one: string, other: string): Promise<ExitCode> {
  return withHost(context, ({ store }) => {
    const { output } = context;
    const [a, b] = [findRun(store, context, one), findRun(store, context, other)];
    const comparison = compareRuns(store, (runId) => readRun(store.events, runId), a.id, b.id);
    if (output.format === 'pretty') {
      for (const line of comparisonLines(comparison, output.colors)) output.line(line);
    } else {
      output.json(comparison);
    }
    return EXIT.succeeded;
  });
}
