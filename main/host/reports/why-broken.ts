import { formatDuration } from '#shared/lib/durations.ts';
import { sumTestReports } from '#shared/reports/test-report.ts';
import { describeOutcome } from '#shared/run/outcome.ts';
import type { StageState } from '#shared/run/run-state.ts';
import type { StageStatus } from '#shared/run/status.ts';

export const isBroken = (status: StageStatus): boolean =>
  status === 'failed' || status === 'timed-out' || status === 'infra-error';

/** Why a stage failed, in one sentence. */
export function whyBroken({ approval, attempts, issues, reports, status }: StageState): string {
  if (approval?.decision === 'rejected') {
    const { by, comment } = approval;
    if (by === null) return 'Nobody decided in time.';
    return `${by} rejected it${comment === null ? '.' : `: ${comment}`}`;
  }
  const last = attempts.at(-1)?.outcome;
  const tests = sumTestReports(reports.filter((report) => report.type === 'tests'));
  const bad = tests.failed + tests.errored;
  // An exit code says less than what was counted.
  if (last?.type === 'failed' && last.message === null && bad > 0)
    return `${bad} of ${tests.total} tests failed (${describeOutcome(last, formatDuration)}).`;
  const decisive = issues.find(({ severity }) => severity === 'error')?.message;
  const said = last && last.type !== 'succeeded' ? describeOutcome(last, formatDuration) : decisive;
  return sentence((said ?? decisive ?? status).split('\n')[0]!);
}

const sentence = (text: string): string => {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?…]$/.test(trimmed) ? '' : '.'}`;
};
