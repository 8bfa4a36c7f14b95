import type { ReactNode } from 'react';
import styles from './page-header.module.css';

export interface PageHeaderProps {
  /** Before the title: a status icon, a back link. */
  readonly leading?: ReactNode;
  readonly title: ReactNode;
  /** Facts after the title, in one line. */
  readonly facts?: ReactNode;
  /** Buttons at the right; the main one last. */
  readonly actions?: ReactNode;
}

/** The first line of a screen: 48 px high. */
export function PageHeader({ leading, title, facts, actions }: PageHeaderProps) {
  return (
    <header className={styles['header']}>
      {leading}
      <h1 className={styles['title']}>{title}</h1>
      {facts !== undefined && <div className={styles['facts']}>{facts}</div>}
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
    </header>
  );
}

/** A row of controls above a list: 40 px high. */
export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles['toolbar']} role="group" aria-label={label}>
      {children}
    </div>
  );
}
