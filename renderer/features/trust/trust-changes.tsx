import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { VisuallyHidden } from '#renderer/ui/visually-hidden.tsx';
import type { TrustChange } from '#shared/pipeline/trust-facts-changes.ts';
import { itemWords } from './item-words.ts';
import styles from './trust.module.css';

interface TrustChangesProps {
  readonly changes: readonly TrustChange[];
  /** When the pipeline was trusted last, as an ISO time. */
  readonly acceptedAt: string;
}

/** What is new, and what is gone, since somebody trusted the pipeline. */
export function TrustChanges({ changes, acceptedAt }: TrustChangesProps) {
  return (
    <section aria-label="Changes">
      <h3 className={styles['heading']}>
        Changed since it was trusted <RelativeTime at={Date.parse(acceptedAt)} />
      </h3>
      <ul className={styles['changes']}>
        {changes.map(({ change, item }) => {
          const { label, text } = itemWords(item);
          return (
            <li key={`${change} ${item.kind} ${item.text}`} className={styles['change']} data-change={change}>
              <span className={styles['sign']} aria-hidden>
                {change === 'added' ? '+' : '−'}
              </span>
              <VisuallyHidden>{change === 'added' ? 'New: ' : 'Gone: '}</VisuallyHidden>
              <span className={styles['itemLabel']}>{label}</span>
              <code className={styles['itemText']}>{text}</code>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
