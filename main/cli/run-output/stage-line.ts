import { stripVTControlCharacters } from 'node:util';
import { formatDuration } from '#shared/lib/durations.ts';
import { describeOutcome } from '#shared/run/outcome.ts';
import type { StageState } from '#shared/run/run-state.ts';
import type { FinalStageStatus, StageStatus } from '#shared/run/status.ts';
import type { Colors } from '../output.ts';

const SYMBOLS: Readonly<Record<FinalStageStatus, string>> = {
  succeeded: '✓',
  failed: '✗',
  'timed-out': '✗',
  'infra-error': '✗',
  cancelled: '■',
  skipped: '-',
};

/** Text of a file or a process made safe for a terminal: one line, no escape sequences. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}

/** A word of a command that is shown, so that it can be copied into a shell; ids of matrix legs hold brackets. */
export function shellWord(text: string): string {
  const plain = plainText(text);
  return /^[\w./:@%+-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", "'\\''")}'`;
}

export function colorOf(status: StageStatus, colors: Colors): (text: string) => string {
  switch (status) {
    case 'succeeded':
      return colors.green;
    case 'failed':
    case 'timed-out':
    case 'infra-error':
      return colors.red;
    case 'cancelled':
      return colors.yellow;
    case 'pending':
    case 'ready':
    case 'queued':
    case 'running':
    case 'waiting-approval':
      return colors.cyan;
    case 'skipped':
      return colors.dim;
  }
}

/** Why a finished stage ended as it did, or null when there is nothing to say. */
export function reasonOf(stage: StageState): string | null {
  if (stage.reason?.type === 'upstream')
    return `skipped: ${plainText(stage.reason.stage)} ${stage.reason.status}`;
  if (stage.reason?.type === 'condition')
    return `skipped: ${plainText(stage.reason.expression)} does not hold`;
  if (stage.reason?.type === 'no-legs') return 'skipped: its matrix has no legs';
  if (stage.reason?.type === 'not-selected') return 'not selected';
  if (stage.status === 'skipped') return 'skipped';
  if (stage.status === 'succeeded') return successOf(stage);
  if (stage.approval !== null && stage.status === 'failed') return refusalOf(stage.approval);
  const outcome = stage.attempts.at(-1)?.outcome;
  const decisive = stage.issues.find((issue) => issue.severity === 'error');
  if (outcome && outcome.type !== 'succeeded') {
    const tries = stage.attempts.length === 1 ? '' : `, ${stage.attempts.length} attempts`;
    return plainText(describeOutcome(outcome, formatDuration)) + tries;
  }
  return decisive ? plainText(decisive.message) : stage.status;
}

/** What is worth saying of a stage that succeeded. */
function successOf({ reusedFrom, approval, attempts }: StageState): string | null {
  if (reusedFrom !== null) {
    const why = reusedFrom.because === 'unchanged' ? ', nothing that decides it has changed' : '';
    return `reused from run ${reusedFrom.runId}${why}`;
  }
  if (approval !== null) return approval.by === null ? null : `approved by ${plainText(approval.by)}`;
  return attempts.length > 1 ? `on attempt ${attempts.length}` : null;
}

function refusalOf({ by, comment }: NonNullable<StageState['approval']>): string {
  if (by === null) return 'nobody decided in time';
  return `rejected by ${plainText(by)}${comment === null ? '' : `: ${plainText(comment)}`}`;
}

/** How long a stage took; null for one that never started. @param nowMs for one that still runs */
export function stageDurationMs(stage: StageState, nowMs: number): number | null {
  if (stage.startedAt === null) return null;
  const end = stage.finishedAt === null ? nowMs : Date.parse(stage.finishedAt);
  return Math.max(0, end - Date.parse(stage.startedAt));
}

/** The line of a finished stage: `✓ unit  1.2s`. @param width of the column of names */
export function finishedStageLine(
  stage: StageState,
  status: FinalStageStatus,
  width: number,
  colors: Colors,
): string {
  const durationMs = stageDurationMs(stage, 0);
  const duration = durationMs === null ? '' : formatDuration(durationMs);
  const reason = reasonOf(stage);
  const paint = colorOf(status, colors);
  const name = plainText(stage.id).padEnd(width);
  const line = `${paint(SYMBOLS[status])} ${status === 'skipped' ? colors.dim(name) : name} ${colors.dim(duration.padStart(7))}`;
  return reason === null ? line : `${line}  ${paint(reason)}`;
}
