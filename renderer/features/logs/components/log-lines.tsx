import '#renderer/theme/ansi-colours.css';
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
  type CSSProperties,
  type MouseEvent,
} from 'react';
import type { Log } from '../hooks/use-log.ts';
import type { LineRange } from '../line-range.ts';
import { useLogSettings } from '../log-settings.ts';
import { ROW_PX } from '../row-px.ts';
import type { LogViewport } from '../log-viewport.ts';
import { LogRow, type ShownHits } from './log-row.tsx';
import styles from './log-lines.module.css';

interface LogLinesProps {
  readonly log: Log;
  readonly viewport: LogViewport;
  readonly startMs: number;
  readonly shownHits: ShownHits;
  readonly selected: LineRange | null;
  /** A click on a line's number; `extends` with Shift. */
  readonly onPickLine: (line: number, extend: boolean) => void;
  readonly label: string;
}

/** The lines in sight and their scroll bar. */
export function LogLines({ log, viewport, startMs, shownHits, selected, onPickLine, label }: LogLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const block = useRef<HTMLDivElement>(null);
  const { wrap, timestamps } = useLogSettings();
  const frame = useSyncExternalStore(viewport.subscribe, viewport.frame);
  const { pages, info } = log;
  const lineCount = info?.lineCount ?? 0;

  useLayoutEffect(() => {
    if (scroller.current === null || area.current === null) return undefined;
    return viewport.attach(scroller.current, area.current);
  }, [viewport]);
  useLayoutEffect(() => viewport.setLineCount(lineCount), [viewport, lineCount]);
  useEffect(() => pages.want(frame.topLine, frame.bottomLine), [pages, frame.topLine, frame.bottomLine]);

  useLayoutEffect(() => viewport.forgetHeights(), [viewport, wrap, timestamps]);
  useEffect(() => {
    if (!wrap || scroller.current === null) return undefined;
    const element = scroller.current;
    let widthPx = element.clientWidth;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === widthPx) return;
      widthPx = element.clientWidth;
      viewport.forgetHeights();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [viewport, wrap]);
  useLayoutEffect(() => {
    if (!wrap || block.current === null) return;
    const rows = Array.from(block.current.children, (row, index) => {
      return [frame.firstLine + index, Math.round(row.getBoundingClientRect().height / ROW_PX)] as const;
    });
    viewport.measured(rows.filter(([line]) => pages.line(line) !== undefined));
  }, [viewport, pages, wrap, frame, log.version, timestamps]);

  const onClick = (event: MouseEvent): void => {
    const line = event.target instanceof HTMLElement ? event.target.dataset['line'] : undefined;
    if (line !== undefined) onPickLine(Number(line), event.shiftKey);
  };
  const numbers = Array.from(
    { length: frame.lastLine - frame.firstLine + 1 },
    (_, index) => frame.firstLine + index,
  );
  return (
    <div
      ref={scroller}
      role="log"
      aria-label={label}
      aria-live="off"
      tabIndex={0}
      data-selectable
      className={styles['scroller']}
      onClick={onClick}
    >
      <div ref={area} className={styles['area']}>
        <div
          ref={block}
          className={styles['block']}
          data-wrap={wrap}
          style={{ '--digits': String(lineCount).length, top: frame.offsetPx } as CSSProperties}
        >
          {numbers.map((number) => (
            <LogRow
              key={number}
              number={number}
              line={pages.line(number)}
              timestamps={timestamps}
              startMs={startMs}
              shownHits={shownHits}
              isSelected={selected !== null && number >= selected.from && number <= selected.to}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
