import { formatDuration } from '#shared/lib/durations.ts';
import { describeOutcome } from '#shared/run/outcome.ts';
import type { StageState } from '#shared/run/run-state.ts';
import type { StageStatus } from '#shared/run/status.ts';

export const isBroken = (status: StageStatus): boolean =>
  status === 'failed' || status === 'timed-out' || status === 'infra-error';

/** Why a stage failed, in one sentence. */
export function whyBroken({ approval, attempts, issues, status }: StageState): string {
  if (approval?.decision === 'rejected') {
    const { by, comment } = approval;
    if (by === null) return 'Nobody decided in time.';
    return `${by} rejected it${comment === null ? '.' : `: ${comment}`}`;
  }
  const last = attempts.at(-1)?.outcome;
  const decisive = issues.find(({ severity }) => severity === 'error')?.message;
  const said = last && last.type !== 'succeeded' ? describeOutcome(last, formatDuration) : decisive;
  return sentence((said ?? decisive ?? status).split('\n')[0]!);
}

const sentence = (text: string): string => {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?…]$/.test(trimmed) ? '' : '.'}`;
};
