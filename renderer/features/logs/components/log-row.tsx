import { memo, type CSSProperties } from 'react';
import { formatSize } from '#shared/lib/sizes.ts';
import type { LogLine } from '#shared/api/schemas.ts';
import type { AnsiStyle } from '../ansi-line.ts';
import { lineText } from '../line-text.ts';
import { lineTime, type TimestampMode } from '../line-time.ts';
import { hitsOfLine, type Hit } from '../search-hits.ts';
import styles from './log-lines.module.css';

/** What is searched for; the same object until the hits or the current one change. */
export interface ShownHits {
  readonly hits: readonly Hit[];
  /** Position of the hit that one is at; -1 for none. */
  readonly current: number;
}

function cssOf(style: AnsiStyle): CSSProperties | undefined {
  const lines = [style.underline && 'underline', style.strike && 'line-through'].filter(Boolean).join(' ');
  const css: CSSProperties = {
    ...(style.colour !== null && { color: style.colour }),
    ...(style.ground !== null && { background: style.ground }),
    ...(style.bold && { fontWeight: 600 }),
    ...(style.dim && { opacity: 0.65 }),
    ...(style.italic && { fontStyle: 'italic' }),
    ...(lines !== '' && { textDecoration: lines }),
  };
  return Object.keys(css).length === 0 ? undefined : css;
}

interface LogRowProps {
  readonly number: number;
  /** Undefined while it is fetched. */
  readonly line: LogLine | undefined;
  readonly timestamps: TimestampMode;
  /** Zero of relative times, epoch milliseconds. */
  readonly startMs: number;
  readonly shownHits: ShownHits;
  readonly isSelected: boolean;
}

/** One line of a log. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { number, line, timestamps, startMs, shownHits, isSelected } = props;
  const text = line === undefined ? null : lineText(line, hitsOfLine(shownHits.hits, number));
  return (
    <div className={styles['row']} data-stream={line?.stream} data-selected={isSelected || undefined}>
      <span className={styles['number']} data-line={number} />
      {timestamps !== 'none' && (
        <span className={styles['time']} data-time={line && lineTime(line.at, startMs, timestamps)} />
      )}
      <span className={styles['text']}>
        {text?.pieces.map((piece, index) =>
          piece.hit === null ? (
            <span key={index} style={cssOf(piece.style)}>
              {piece.text}
            </span>
          ) : (
            <mark key={index} data-current={piece.hit === shownHits.current || undefined}>
              {piece.text}
            </mark>
          ),
        )}
        {text !== null && text.hiddenBytes > 0 && (
          <span className={styles['more']}>
            {formatSize(text.hiddenBytes)} more; copy or download to see it
          </span>
        )}
      </span>
    </div>
  );
});
