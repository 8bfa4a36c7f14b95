import type { RunSummary } from '#shared/api/schemas.ts';
import { Duration } from '../duration.tsx';

const msOf = (at: string | null): number | null => (at === null ? null : Date.parse(at));

/** How long a run took or has taken so far; ticks by itself. */
export function RunDuration({ run }: { readonly run: Pick<RunSummary, 'startedAt' | 'finishedAt'> }) {
  return <Duration startedAt={msOf(run.startedAt)} finishedAt={msOf(run.finishedAt)} />;
}
