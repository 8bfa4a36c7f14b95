import { ChevronRight } from 'lucide-react';
import styles from './fold-button.module.css';

export interface FoldButtonProps {
  /** What it opens and closes. */
  readonly name: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** Opens and closes a group in a row of a `DataTable`, for the pointer: the row has the keyboard, so it takes no focus. */
export function FoldButton({ name, isOpen, onToggle }: FoldButtonProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles['fold']}
      data-open={isOpen}
      aria-label={`${isOpen ? 'Close' : 'Open'} ${name}`}
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    >
      <ChevronRight size={14} />
    </button>
  );
}
