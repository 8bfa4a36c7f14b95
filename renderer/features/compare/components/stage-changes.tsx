import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { statusLabel } from '#renderer/ui/status.ts';
import type { RunComparison } from '#shared/api/report-schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { STAGE_STATUSES, type StageStatus } from '#shared/run/status.ts';
import { deltaWords, durationWords, hasChanged } from '../change-words.ts';
import { ChangeTable } from './change-table.tsx';
import styles from './compare.module.css';

/** A stage that took this much more or less, by share and by time, has changed. */
const SHARE = 0.25;
const LEAST_MS = 1_000;

export interface PartProps {
  readonly comparison: RunComparison;
  /** Also what did not change. */
  readonly showsAll: boolean;
}

type StageChange = RunComparison['stages'][number];

/** What became of each stage, and how long it took. */
export function StageChanges({ comparison, showsAll }: PartProps) {
  const shown = comparison.stages.filter((stage) => showsAll || differs(stage));
  return (
    <ChangeTable
      title="Stages"
      what="Stage"
      lines={shown.map(({ id, status, durationMs }) => ({
        key: id,
        name: id,
        before: <Ended status={status.before} durationMs={durationMs.before} />,
        after: <Ended status={status.after} durationMs={durationMs.after} />,
        delta: deltaWords(durationMs, durationWords),
        way: wayOf(durationMs),
      }))}
    />
  );
}

function differs({ status, durationMs }: StageChange): boolean {
  if (hasChanged(status)) return true;
  const { before, after } = durationMs;
  return (before === null) !== (after === null) || takesOther(durationMs);
}

/** By more than what differs from run to run anyway. */
function takesOther({ before, after }: StageChange['durationMs']): boolean {
  if (before === null || after === null) return false;
  const change = Math.abs(after - before);
  return change >= LEAST_MS && change >= before * SHARE;
}

function wayOf(durationMs: StageChange['durationMs']): 'better' | 'worse' | 'neither' {
  if (!takesOther(durationMs)) return 'neither';
  return (durationMs.after ?? 0) < (durationMs.before ?? 0) ? 'better' : 'worse';
}

function Ended({
  status,
  durationMs,
}: {
  readonly status: string | null;
  readonly durationMs: number | null;
}) {
  const known = STAGE_STATUSES.find((one): one is StageStatus => one === status);
  if (known === undefined) return <span className={styles['none']}>not there</span>;
  return (
    <span className={styles['ended']}>
      <StatusIcon status={known} size={14} decorative />
      {statusLabel(known)}
      {durationMs !== null && <span className={styles['muted']}>{formatDuration(durationMs)}</span>}
    </span>
  );
}
