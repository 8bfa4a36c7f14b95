import { toneColour } from '#renderer/ui/tone.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import type { TestCounts, TestEntry } from '../test-entries.ts';
import styles from './tests.module.css';

const PARTS = [
  { key: 'failed', tone: 'failed', words: 'failed' },
  { key: 'passed', tone: 'succeeded', words: 'passed' },
  { key: 'skipped', tone: 'skipped', words: 'skipped' },
] as const;

interface TotalsBarProps {
  readonly counts: TestCounts;
  readonly entries: readonly TestEntry[];
}

/** All results as one bar with its figures. */
export function TotalsBar({ counts, entries }: TotalsBarProps) {
  const durationMs = entries.reduce((sum, { test }) => sum + test.durationMs, 0);
  const parts = PARTS.filter(({ key }) => counts[key] > 0);
  return (
    <div className={styles['totals']}>
      <span className={styles['figures']}>
        <strong>
          {counts.all.toLocaleString('en')} {counts.all === 1 ? 'test' : 'tests'}
        </strong>
        {parts.map(({ key, tone, words }) => (
          <span key={key} style={{ color: toneColour(tone) }}>
            {counts[key].toLocaleString('en')} {words}
          </span>
        ))}
        <span className={styles['faint']}>{formatDuration(durationMs)} in all</span>
      </span>
      <span className={styles['bar']} aria-hidden>
        {parts.map(({ key, tone }) => (
          <span key={key} style={{ flexGrow: counts[key], background: toneColour(tone) }} />
        ))}
      </span>
    </div>
  );
}
