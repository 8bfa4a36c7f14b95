import { useEffect, useEffectEvent, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useNow } from '#renderer/ui/clock.ts';
import { moveCursor } from '#renderer/ui/list-cursor.ts';
import { useRowWindow } from '#renderer/ui/use-row-window.ts';
import type { StageId } from '#shared/lib/ids.ts';
import { criticalPath } from '#shared/run/critical-path.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { useTimeRange } from '../hooks/use-time-range.ts';
import { useRun } from '../run-context.ts';
import { pan, zoom } from '../time-scale.ts';
import { sinceCreated, waterfallRows } from '../waterfall-rows.ts';
import { WaterfallAxis, WaterfallGrid } from './waterfall-axis.tsx';
import { WaterfallRow } from './waterfall-row.tsx';
import styles from './waterfall.module.css';

const ROW_PX = 28;
const TICK_MS = 250;

interface WaterfallProps {
  readonly selectedId: string | null;
  readonly onSelect: (stage: StageId | null) => void;
  readonly onOpen: (stage: StageId) => void;
}

/**
 * The run over time: a row for each stage, its wait thin, its work a bar, the critical path marked. Ctrl and the wheel (or
 * plus and minus) zoom, a drag over the axis zooms into that stretch, 0 shows all again. J/K walk, Enter opens the log.
 */
export function Waterfall({ selectedId, onSelect, onOpen }: WaterfallProps) {
  const run = useRun();
  const isLive = !isFinalRunStatus(run.status);
  const now = useNow(isLive ? TICK_MS : null);
  const scroller = useRef<HTMLDivElement>(null);
  const nowMs = now - Date.parse(run.createdAt);
  const endMs = run.finishedAt === null ? nowMs : sinceCreated(run, run.finishedAt);
  const whole = { fromMs: 0, toMs: Math.max(1, isLive ? endMs * 1.05 : endMs) };
  const { range, setRange, isZoomed } = useTimeRange(whole);
  const rows = useMemo(() => waterfallRows(run), [run]);
  const critical = useMemo(() => new Set(criticalPath(run, now)), [run, now]);
  const [dragged, setDragged] = useState<readonly [number, number] | null>(null);
  const view = useRowWindow({ scroller, count: rows.length, rowHeight: ROW_PX });
  const cursor = rows.findIndex(({ id }) => id === selectedId);

  // Also a selection that was made elsewhere (J and K, the graph) is brought into sight.
  const revealSelected = useEffectEvent(() => {
    if (cursor !== -1) view.reveal(cursor);
  });
  useEffect(() => revealSelected(), [selectedId]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moveCursor(event.key, cursor, rows.length, view.pageSize());
    const target = next === null ? undefined : rows[next];
    if (next !== null && target !== undefined) {
      onSelect(target.stage.id);
    } else if (event.key === 'Enter' && rows[cursor] !== undefined) onOpen(rows[cursor].stage.id);
    else if (event.key === '+' || event.key === '=') setRange(zoom(range, whole, 0.6, 0.5));
    else if (event.key === '-') setRange(zoom(range, whole, 1 / 0.6, 0.5));
    else if (event.key === '0') setRange(null);
    else if (event.key === 'ArrowLeft') setRange(pan(range, whole, -0.2));
    else if (event.key === 'ArrowRight') setRange(pan(range, whole, 0.2));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles['waterfall']}>
      <WaterfallAxis
        range={range}
        whole={whole}
        isZoomed={isZoomed}
        onRange={setRange}
        dragged={dragged}
        onDrag={setDragged}
      />
      <div
        ref={scroller}
        role="listbox"
        aria-label="Stages over time"
        aria-activedescendant={cursor === -1 ? undefined : `waterfall-${cursor}`}
        tabIndex={0}
        className={styles['rows']}
        onKeyDown={onKeyDown}
        onWheel={(event) => {
          if (!event.ctrlKey && !event.metaKey) return;
          const box = event.currentTarget.getBoundingClientRect();
          const nameWidth = Number.parseFloat(
            getComputedStyle(event.currentTarget).getPropertyValue('--name'),
          );
          const at = (event.clientX - box.left - nameWidth) / Math.max(1, box.width - nameWidth);
          setRange(zoom(range, whole, event.deltaY > 0 ? 1.25 : 0.8, Math.min(1, Math.max(0, at))));
        }}
      >
        <div role="presentation" className={styles['all']} style={{ height: view.height }}>
          <WaterfallGrid range={range} />
          {view.rows.map(({ index, top }) => {
            const row = rows[index];
            return (
              row !== undefined && (
                <WaterfallRow
                  key={row.id}
                  id={`waterfall-${index}`}
                  row={row}
                  run={run}
                  nowMs={nowMs}
                  range={range}
                  top={top}
                  isCritical={critical.has(row.id)}
                  isSelected={index === cursor}
                  onSelect={() => onSelect(row.stage.id)}
                  onOpen={() => onOpen(row.stage.id)}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}
