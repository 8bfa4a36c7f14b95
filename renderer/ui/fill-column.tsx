import type { ReactNode } from 'react';
import styles from './fill-column.module.css';

/** A column that fills its parent and does not scroll itself: what stands in it does. */
export function FillColumn({ children }: { readonly children: ReactNode }) {
  return <div className={styles['column']}>{children}</div>;
}
