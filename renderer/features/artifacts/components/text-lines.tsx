import { useMemo, useRef, type CSSProperties } from 'react';
import { useRowWindow } from '#renderer/ui/use-row-window.ts';
import styles from './artifacts.module.css';

const ROW_PX = 18;
const MOST_CHARS = 5_000;

/** Lines of text with their numbers; renders what is in sight. Very long lines are cut. */
export function TextLines({
  text,
  withNumbers = true,
}: {
  readonly text: string;
  readonly withNumbers?: boolean;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => text.replace(/\r?\n$/, '').split(/\r?\n/), [text]);
  const view = useRowWindow({ scroller, count: lines.length, rowHeight: ROW_PX });
  return (
    <div
      ref={scroller}
      className={styles['text']}
      tabIndex={0}
      role="region"
      aria-label="Text"
      data-selectable
    >
      <div
        className={styles['textRows']}
        style={{ height: view.height, '--digits': String(lines.length).length } as CSSProperties}
      >
        {view.rows.map(({ index, top }) => (
          <div key={index} className={styles['textRow']} style={{ top }}>
            {withNumbers && <span className={styles['textNumber']} data-line={index + 1} />}
            <span>{lines[index]?.slice(0, MOST_CHARS)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
