import type { ReactNode } from 'react';
import styles from './facts.module.css';

export interface FactsProps {
  /** Rows whose value is null or undefined are left out. */
  readonly items: readonly { readonly label: string; readonly value: ReactNode }[];
}

/** Names and values in two columns, for side panels. */
export function Facts({ items }: FactsProps) {
  return (
    <dl className={styles['facts']}>
      {items.map(({ label, value }) =>
        value == null ? null : (
          <div key={label} className={styles['fact']}>
            <dt className={styles['label']}>{label}</dt>
            <dd className={styles['value']}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
