import type { ReactNode } from 'react';
import styles from './side-panel.module.css';

/** What is chosen, beside the list that it is chosen from: a `SidePanelHead`, and a `SidePanelBody` or a part that fills the rest. */
export function SidePanel({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className={styles['panel']} aria-label={label}>
      {children}
    </section>
  );
}

export interface SidePanelHeadProps {
  /** Before the title: a mark, a way back. */
  readonly leading?: ReactNode;
  /** Cut where there is no room. */
  readonly title: string;
  /** At the right. */
  readonly actions?: ReactNode;
  /** After the title: badges, a button that copies it. */
  readonly children?: ReactNode;
}

/** The panel's first line: 40 px high, as a toolbar. */
export function SidePanelHead({ leading, title, actions, children }: SidePanelHeadProps) {
  return (
    <header className={styles['head']}>
      {leading}
      <h2 className={styles['title']} title={title} data-selectable>
        {title}
      </h2>
      {children}
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
    </header>
  );
}

/** The part that scrolls: words, `Facts` and `Section`s below each other. */
export function SidePanelBody({ children }: { readonly children: ReactNode }) {
  return <div className={styles['body']}>{children}</div>;
}
