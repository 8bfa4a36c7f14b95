import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import { toneColour, toneGround } from './tone.ts';
import styles from './callout.module.css';

const TONES = {
  info: { tone: 'accent', icon: <Info size={16} /> },
  warning: { tone: 'warning', icon: <TriangleAlert size={16} /> },
  error: { tone: 'failed', icon: <CircleAlert size={16} /> },
} as const;

export interface CalloutProps {
  readonly kind?: keyof typeof TONES;
  /** What is the matter, in one line. */
  readonly title: ReactNode;
  /** Where, and the way out. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
}

/** Something to know about this screen, in place: a broken file, a lost connection, what broke. */
export function Callout({ kind = 'info', title, children, actions, onDismiss }: CalloutProps) {
  const { tone, icon } = TONES[kind];
  return (
    <div
      className={styles['callout']}
      style={{ background: toneGround(tone) }}
      role={kind === 'error' ? 'alert' : 'note'}
    >
      <span className={styles['icon']} style={{ color: toneColour(tone) }}>
        {icon}
      </span>
      <div className={styles['words']} data-selectable>
        <div className={styles['title']}>{title}</div>
        {children !== undefined && <div className={styles['text']}>{children}</div>}
      </div>
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      {onDismiss !== undefined && (
        <IconButton label="Dismiss" size="small" icon={<X size={14} />} onClick={onDismiss} />
      )}
    </div>
  );
}
