import { memo } from 'react';
import { hitMarks, type Hit } from '../search-hits.ts';
import styles from './log-view.module.css';

const PARTS = 240;

/** Marks beside the scroll bar where hits lie. */
export const LogRuler = memo(function LogRuler(props: {
  readonly hits: readonly Hit[];
  readonly lineCount: number;
}) {
  return (
    <div className={styles['ruler']} aria-hidden>
      {hitMarks(props.hits, props.lineCount, PARTS).map((mark) => (
        <span key={mark} className={styles['mark']} style={{ top: `${mark * 100}%` }} />
      ))}
    </div>
  );
});
