import type { RunSummary } from '#shared/api/schemas.ts';
import styles from './run-facts.module.css';

/** The tests of a run in one figure: how many there were, and before that how many failed. */
export function RunTests({ tests }: { readonly tests: RunSummary['tests'] }) {
  if (tests === null) return null;
  return (
    <span className={styles['tests']} data-figures>
      {tests.failed > 0 && <span className={styles['failed']}>{tests.failed} failed</span>}
      {tests.failed === 0 ? `${tests.total} ${tests.total === 1 ? 'test' : 'tests'}` : `of ${tests.total}`}
    </span>
  );
}
