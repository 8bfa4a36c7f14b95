import { percentWords } from '#renderer/ui/percent.ts';
import { toneColour, type Tone } from '#renderer/ui/tone.ts';
import type { CoverageRatio } from '#shared/reports/coverage.ts';
import styles from './coverage.module.css';

const GOOD = 80;
const FAIR = 50;

export const coverageTone = (pct: number | null): Tone =>
  pct === null ? 'neutral' : pct >= GOOD ? 'succeeded' : pct >= FAIR ? 'warning' : 'failed';

/** A ratio as a small bar with its percentage. */
export function RatioBar({ ratio: { covered, total, pct } }: { readonly ratio: CoverageRatio }) {
  return (
    <span className={styles['ratio']} title={`${covered} of ${total}`}>
      <span className={styles['track']} aria-hidden>
        <span style={{ width: `${pct ?? 0}%`, background: toneColour(coverageTone(pct)) }} />
      </span>
      <span className={styles['pct']}>{percentWords(pct)}</span>
    </span>
  );
}
