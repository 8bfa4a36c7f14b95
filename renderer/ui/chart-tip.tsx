import type { ReactNode } from 'react';
import styles from './chart-tip.module.css';

export interface ChartTipProps {
  /** Of its middle; pixels in the positioned parent. */
  readonly x: number;
  readonly top: number;
  /** Of the parent. The tip stays `edge` pixels away from both ends. */
  readonly width: number;
  readonly edge: number;
  readonly children: ReactNode;
}

/** What the point under the pointer stands for. */
export function ChartTip({ x, top, width, edge, children }: ChartTipProps) {
  const left = Math.min(Math.max(x, edge), Math.max(edge, width - edge));
  return (
    <div className={styles['tip']} style={{ left, top }}>
      {children}
    </div>
  );
}
