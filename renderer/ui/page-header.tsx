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

export interface ToolbarProps {
  /** Names the row. */
  readonly label: string;
  readonly children?: ReactNode;
  /** At the right end. */
  readonly trailing?: ReactNode;
}

/** A row of controls above a list: 40 px high. */
export function Toolbar({ label, children, trailing }: ToolbarProps) {
  return (
    <div className={styles['toolbar']} role="group" aria-label={label}>
      {children}
      {trailing !== undefined && <div className={styles['trailing']}>{trailing}</div>}
    </div>
  );
}

/** Room for a toolbar's `SearchField`: as wide as is good to read, less where there is less. */
export function ToolbarSearch({ children }: { readonly children: ReactNode }) {
  return <div className={styles['search']}>{children}</div>;
}
