import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { statusLabel, statusTone } from '#renderer/ui/status.ts';
import { toneColour } from '#renderer/ui/tone.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { progressWords } from '#shared/run/progress.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { share, type TimeRange } from '../time-scale.ts';
import { stageSpans, type StageSpans, type WaterfallRow as Row } from '../waterfall-rows.ts';
import styles from './waterfall.module.css';

interface WaterfallRowProps {
  readonly id: string;
  readonly row: Row;
  readonly run: RunState;
  /** Milliseconds since the run was made. */
  readonly nowMs: number;
  readonly range: TimeRange;
  /** Pixels from the top of all rows. */
  readonly top: number;
  readonly isCritical: boolean;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
}

const percent = (value: number): string => `${value * 100}%`;

function describe({ name, stage }: Row, spans: StageSpans | null, isCritical: boolean): string {
  if (spans === null) return `${name}: ${statusLabel(stage.status).toLowerCase()}`;
  const waited = spans.startMs - spans.readyMs;
  const progress = stage.status === 'running' ? stage.attempts.at(-1)?.progress : undefined;
  return [
    `${name}: ${statusLabel(stage.status).toLowerCase()}`,
    progress === undefined ? null : progressWords(progress),
    `took ${formatDuration(spans.endMs - spans.startMs)}`,
    `began ${formatDuration(spans.startMs)} after the run was made`,
    waited > 0 ? `waited ${formatDuration(waited)} for a free place` : null,
    isCritical ? 'on the critical path' : null,
  ]
    .filter((part) => part !== null)
    .join('\n');
}

/** One stage over time. */
export function WaterfallRow(props: WaterfallRowProps) {
  const { id, row, run, nowMs, range, top, isCritical, isSelected, onSelect, onOpen } = props;
  const { name, stage } = row;
  const spans = stageSpans(run, stage, nowMs);
  const words = describe(row, spans, isCritical);
  return (
    <div
      id={id}
      role="option"
      aria-selected={isSelected}
      aria-label={words.replaceAll('\n', ', ')}
      title={words}
      className={styles['row']}
      data-critical={isCritical || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onSelect}
      onDoubleClick={onOpen}
    >
      <span className={styles['name']}>
        <StatusIcon status={stage.status} size={14} decorative />
        <span className={styles['words']}>{name}</span>
      </span>
      <span className={styles['lane']}>
        {spans !== null && <Bar spans={spans} range={range} status={stage.status} />}
      </span>
    </div>
  );
}

function Bar({
  spans: { readyMs, startMs, endMs },
  range,
  status,
}: {
  readonly spans: StageSpans;
  readonly range: TimeRange;
  readonly status: Row['stage']['status'];
}) {
  const [ready, start, end] = [share(readyMs, range), share(startMs, range), share(endMs, range)];
  // Beyond this a label would stand outside of the lane.
  const labelInside = end > 0.88;
  return (
    <>
      {start > ready && (
        <span className={styles['wait']} style={{ left: percent(ready), width: percent(start - ready) }} />
      )}
      <span
        className={styles['bar']}
        data-status={status}
        style={{ left: percent(start), width: percent(end - start), color: toneColour(statusTone(status)) }}
      />
      <span
        className={styles['length']}
        style={labelInside ? { right: percent(1 - Math.max(0, start)) } : { left: percent(Math.max(0, end)) }}
      >
        {formatDuration(endMs - startMs)}
      </span>
    </>
  );
}
