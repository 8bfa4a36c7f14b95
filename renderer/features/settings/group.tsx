import type { ReactNode } from 'react';
import styles from './settings.module.css';

export interface GroupProps {
  readonly title: string;
  /** One or two sentences below the title. */
  readonly hint?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A titled card of settings. */
export function Group({ title, hint, actions, children }: GroupProps) {
  return (
    <section className={styles['group']} aria-label={title}>
      <header className={styles['header']}>
        <div>
          <h2 className={styles['title']}>{title}</h2>
          {hint !== undefined && <p className={styles['hint']}>{hint}</p>}
        </div>
        {actions !== undefined && <div className={styles['control']}>{actions}</div>}
      </header>
      <div className={styles['card']}>{children}</div>
    </section>
  );
}

/** One setting or fact: words left, control right. */
export function Line(props: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles['line']}>
      <div>
        <div className={styles['label']}>{props.label}</div>
        {props.hint !== undefined && <div className={styles['hint']}>{props.hint}</div>}
      </div>
      <div className={styles['control']}>{props.children}</div>
    </div>
  );
}
