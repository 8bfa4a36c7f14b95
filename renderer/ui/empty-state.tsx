import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

export interface EmptyStateProps {
  /** 20 px. */
  readonly icon?: ReactNode;
  readonly title: string;
  /** One sentence: why it is empty and what to do. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** Stands in the middle where nothing is yet. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={styles['empty']}>
      {icon !== undefined && <div className={styles['icon']}>{icon}</div>}
      <h2 className={styles['title']}>{title}</h2>
      {children !== undefined && <div className={styles['text']}>{children}</div>}
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
    </div>
  );
}
