import { Badge } from '#renderer/ui/badge.tsx';
import styles from './hosts.module.css';

/** The labels of a host; what does not fit is in the tooltip. */
export function Labels({ labels }: { readonly labels: readonly string[] }) {
  return (
    <span className={styles['labels']} title={labels.join(', ')}>
      {labels.map((label) => (
        <Badge key={label}>{label}</Badge>
      ))}
    </span>
  );
}
