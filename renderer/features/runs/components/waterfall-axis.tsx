import type { PointerEvent } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { formatDuration } from '#shared/lib/durations.ts';
import { between, share, ticks, type TimeRange } from '../time-scale.ts';
import styles from './waterfall.module.css';

const MOST_TICKS = 8;
/** A shorter drag is a click that slipped. */
const LEAST_DRAG = 0.01;

interface WaterfallAxisProps {
  readonly range: TimeRange;
  readonly whole: TimeRange;
  readonly isZoomed: boolean;
  readonly onRange: (range: TimeRange | null) => void;
  /** Both ends of the drag that goes on, 0..1. */
  readonly dragged: readonly [number, number] | null;
  readonly onDrag: (ends: readonly [number, number] | null) => void;
}

/** The times above the rows; a drag over them zooms into that stretch, a double click shows all. */
export function WaterfallAxis({ range, whole, isZoomed, onRange, dragged, onDrag }: WaterfallAxisProps) {
  const shareOf = (event: PointerEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / Math.max(1, box.width)));
  };
  return (
    <div className={styles['header']}>
      <div className={styles['corner']}>
        {isZoomed && (
          <Button size="small" variant="ghost" onClick={() => onRange(null)}>
            Show all
          </Button>
        )}
      </div>
      <div
        className={styles['axis']}
        onDoubleClick={() => onRange(null)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          onDrag([shareOf(event), shareOf(event)]);
        }}
        onPointerMove={(event) => {
          if (dragged !== null) onDrag([dragged[0], shareOf(event)]);
        }}
        onPointerUp={() => {
          if (dragged !== null && Math.abs(dragged[0] - dragged[1]) > LEAST_DRAG) {
            onRange(between(range, whole, dragged[0], dragged[1]));
          }
          onDrag(null);
        }}
        onPointerCancel={() => onDrag(null)}
      >
        {ticks(range, MOST_TICKS).map((at) => (
          <span key={at} className={styles['tick']} style={{ left: `${share(at, range) * 100}%` }}>
            {at === 0 ? '0s' : formatDuration(at)}
          </span>
        ))}
        {dragged !== null && (
          <span
            className={styles['dragged']}
            style={{
              left: `${Math.min(...dragged) * 100}%`,
              width: `${Math.abs(dragged[0] - dragged[1]) * 100}%`,
            }}
          />
        )}
      </div>
    </div>
  );
}

/** The marks of the axis, drawn on behind the rows. */
export function WaterfallGrid({ range }: { readonly range: TimeRange }) {
  return (
    <div className={styles['grid']} aria-hidden>
      {ticks(range, MOST_TICKS).map((at) => (
        <span key={at} className={styles['gridLine']} style={{ left: `${share(at, range) * 100}%` }} />
      ))}
    </div>
  );
}
