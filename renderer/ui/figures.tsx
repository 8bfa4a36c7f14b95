import type { ReactNode } from 'react';
import { toneColour, type Tone } from './tone.ts';
import styles from './figures.module.css';

export interface FiguresProps {
  /** `<Figure>`s. */
  readonly children: ReactNode;
  /** At the right, in small words. */
  readonly aside?: ReactNode;
}

/** The few figures that sum up a screen, in one line above it. */
export function Figures({ children, aside }: FiguresProps) {
  return (
    <div className={styles['bar']}>
      <dl className={styles['figures']}>{children}</dl>
      {aside !== undefined && <span className={styles['aside']}>{aside}</span>}
    </div>
  );
}

export interface FigureProps {
  readonly label: string;
  readonly value: string;
  /** Whether it is good or bad; without one it is neither. */
  readonly tone?: Tone | null;
  /** After it: how it changed, of how many. */
  readonly children?: ReactNode;
}

export function Figure({ label, value, tone = null, children }: FigureProps) {
  return (
    <div>
      <dt className={styles['label']}>{label}</dt>
      <dd className={styles['value']}>
        <strong style={tone === null ? undefined : { color: toneColour(tone) }}>{value}</strong>
        {children}
      </dd>
    </div>
  );
}
