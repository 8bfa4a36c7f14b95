import { MarkIcon } from '#renderer/ui/pipeline-graph/mark-icon.tsx';
import { VisuallyHidden } from '#renderer/ui/visually-hidden.tsx';
import { countTypes, countWords } from './change-words.ts';
import type { Change } from './comparison.ts';
import styles from './changes-view.module.css';

/** How much has come, gone, got another name and changed. */
export function ChangeCounts({ changes }: { readonly changes: readonly Change[] }) {
  const counts = countTypes(changes);
  return (
    <div className={styles['counts']} title={countWords(counts)}>
      <VisuallyHidden>
        <span role="status">{countWords(counts)}</span>
      </VisuallyHidden>
      {counts.map(({ type, count }) => (
        <span key={type} className={styles['count']} aria-hidden>
          <MarkIcon mark={type} size={14} />
          {count}
        </span>
      ))}
    </div>
  );
}
