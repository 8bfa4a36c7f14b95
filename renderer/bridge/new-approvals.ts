import type { WaitingApproval } from '#shared/api/schemas.ts';

const keyOf = ({ run, stage, requestedAt }: WaitingApproval): string => `${run.id} ${stage} ${requestedAt}`;

/**
 * Tells each time which approvals have joined since the last. What waits at the first look is no news: it is counted in
 * the title bar.
 */
export function createApprovalDetector(): (
  waiting: readonly WaitingApproval[],
) => readonly WaitingApproval[] {
  let known: ReadonlySet<string> | null = null;
  return (waiting) => {
    const before = known;
    known = new Set(waiting.map(keyOf));
    return before === null ? [] : waiting.filter((each) => !before.has(keyOf(each)));
  };
}
