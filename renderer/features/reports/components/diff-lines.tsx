import { useMemo } from 'react';
import { counterparts, type DiffLine } from '../failure-diff.ts';
import styles from './diff-lines.module.css';

const SIGNS = { both: ' ', expected: '−', actual: '+' } as const;
const WORDS = { both: '', expected: 'Expected: ', actual: 'Actual: ' } as const;

/** What was expected and what came instead, line by line; where one line stands for another, what differs is marked. */
export function DiffLines({ lines }: { readonly lines: readonly DiffLine[] }) {
  const others = useMemo(() => counterparts(lines), [lines]);
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
            <Marked text={text} other={others[index] ?? null} />
          </li>
        ))}
      </ol>
    </div>
  );
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
