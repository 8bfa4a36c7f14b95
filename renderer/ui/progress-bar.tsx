import { Progress } from 'radix-ui';
import { toneColour, type Tone } from './tone.ts';
import styles from './progress-bar.module.css';

export interface ProgressBarProps {
  /** What progresses, for a screen reader. */
  readonly label: string;
  /** 0..1; null: of unknown length. */
  readonly value: number | null;
  readonly tone?: Tone;
}

/** A thin bar; 2 px high. */
export function ProgressBar({ label, value, tone = 'running' }: ProgressBarProps) {
  return (
    <Progress.Root
      className={styles['track']}
      value={value === null ? null : Math.round(value * 100)}
      aria-label={label}
    >
      <Progress.Indicator
        className={value === null ? styles['unknown'] : styles['bar']}
        style={{
          background: toneColour(tone),
          transform: value === null ? undefined : `scaleX(${Math.min(1, Math.max(0, value))})`,
        }}
      />
    </Progress.Root>
  );
}
