import { StatusIcon } from './status-icon.tsx';
import { statusLabel, statusTone, type Status } from './status.ts';
import { toneColour } from './tone.ts';
import styles from './status-text.module.css';

export interface StatusTextProps {
  readonly status: Status;
  /** Other words than the status's own: "Failed after 2 attempts". */
  readonly label?: string;
  readonly size?: number;
}

/** A status with its icon and its words. */
export function StatusText({ status, label, size = 16 }: StatusTextProps) {
  return (
    <span className={styles['status']} style={{ color: toneColour(statusTone(status)) }}>
      <StatusIcon status={status} size={size} decorative />
      {label ?? statusLabel(status)}
    </span>
  );
}
