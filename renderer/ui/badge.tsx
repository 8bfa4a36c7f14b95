import type { ReactNode } from 'react';
import { toneColour, toneGround, type Tone } from './tone.ts';
import styles from './badge.module.css';

export interface BadgeProps {
  readonly tone?: Tone;
  /** 12 px. */
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A short fact beside a name: a branch, a kind, a count with its meaning. */
export function Badge({ tone = 'neutral', icon, children }: BadgeProps) {
  return (
    <span className={styles['badge']} style={{ color: toneColour(tone), background: toneGround(tone) }}>
      {icon}
      {children}
    </span>
  );
}
