import type { DiffLine } from '../failure-diff.ts';
import styles from './diff-lines.module.css';

const SIGNS = { both: ' ', expected: '−', actual: '+' } as const;
const WORDS = { both: '', expected: 'Expected: ', actual: 'Actual: ' } as const;

/** What was expected and what came instead, line by line; where one line stands for another, what differs is marked. */
export function DiffLines({ lines }: { readonly lines: readonly DiffLine[] }) {
  return (
    <div className={styles['diff']} role="group" aria-label="Expected and actual" tabIndex={0}>
      <div className={styles['legend']} aria-hidden>
        <span data-side="expected">− expected</span>
        <span data-side="actual">+ actual</span>
      </div>
      <ol className={styles['lines']} data-selectable>
        {lines.map(({ side, text }, index) => (
          <li key={index} className={styles['line']} data-side={side}>
            <span className={styles['sign']} aria-label={WORDS[side]}>
              {SIGNS[side]}
            </span>
            <Marked text={text} other={otherOf(lines, index)} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The line that stands in the place of this one, where exactly one stands for one. */
function otherOf(lines: readonly DiffLine[], index: number): string | null {
  const side = lines[index]?.side;
  if (side === undefined || side === 'both') return null;
  const other = side === 'expected' ? 'actual' : 'expected';
  const by = lines[index + 1]?.side === other ? 1 : -1;
  if (lines[index + by]?.side !== other) return null;
  const isAlone = lines[index - by]?.side !== side && lines[index + 2 * by]?.side !== other;
  return isAlone ? (lines[index + by]?.text ?? null) : null;
}

function Marked({ text, other }: { readonly text: string; readonly other: string | null }) {
  if (other === null) return <span className={styles['text']}>{text}</span>;
  let start = 0;
  while (start < text.length && text[start] === other[start]) start += 1;
  let end = 0;
  const most = Math.min(text.length, other.length) - start;
  while (end < most && text.at(-1 - end) === other.at(-1 - end)) end += 1;
  const stop = text.length - end;
  return (
    <span className={styles['text']}>
      {text.slice(0, start)}
      {stop > start && <mark className={styles['mark']}>{text.slice(start, stop)}</mark>}
      {text.slice(stop)}
    </span>
  );
}
