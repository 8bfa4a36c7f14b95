import { chunkedToArray } from '#shared/lib/chunked.ts';
import { Markdown } from '#renderer/ui/markdown/markdown.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { useRun } from '../run-context.ts';
import { plannedOf } from '../selectors.ts';
import styles from './summary-tab.module.css';

/** What the stages wrote about themselves, one after the other. */
export function SummaryTab() {
  const run = useRun();
  return (
    <div className={styles['summaries']} tabIndex={0} role="region" aria-label="Summary">
      {chunkedToArray(run.stages).map(
        ({ id, status, summary }) =>
          summary !== null && (
            <section key={id} className={styles['summary']}>
              <h2 className={styles['stage']}>
                <StatusIcon status={status} size={14} />
                {plannedOf(run, id)?.name ?? id}
              </h2>
              <Markdown>{summary}</Markdown>
            </section>
          ),
      )}
    </div>
  );
}
