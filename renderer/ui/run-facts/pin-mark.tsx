import { Pin } from 'lucide-react';
import { Tooltip } from '../tooltip.tsx';
import styles from './run-facts.module.css';

/** That a run is pinned: retention never removes it. */
export function PinMark() {
  return (
    <Tooltip content="Pinned: kept whatever retention says">
      <span className={styles['pin']} role="img" aria-label="Pinned">
        <Pin size={12} />
      </span>
    </Tooltip>
  );
}
