import { SearchField } from '#renderer/ui/search-field.tsx';
import { PROBLEM_SEVERITIES, type ProblemSeverity } from './problems.ts';
import { searchProblems, toggleSeverity, useProblemsView } from './problems-store.ts';
import { countWords, SEVERITY_LOOKS, SeverityIcon } from './severity-icon.tsx';
import styles from './problems-panel.module.css';

/** From here on one looks for a problem by words. */
const MANY = 5;

/** Which problems are listed: by severity, each with its count, and by words where there are many. */
export function ProblemFilters({ counts }: { readonly counts: ReadonlyMap<ProblemSeverity, number> }) {
  const { hidden, search } = useProblemsView();
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return (
    <>
      <div role="group" aria-label="Severities" className={styles['severities']}>
        {PROBLEM_SEVERITIES.map((severity) => {
          const count = counts.get(severity) ?? 0;
          if (count === 0) return null;
          const { many } = SEVERITY_LOOKS[severity];
          const isOn = !hidden.has(severity);
          return (
            <button
              key={severity}
              type="button"
              className={styles['severity']}
              aria-pressed={isOn}
              aria-label={countWords(severity, count)}
              title={isOn ? `Hide ${many.toLowerCase()}` : `Show ${many.toLowerCase()}`}
              onClick={() => toggleSeverity(severity)}
            >
              <SeverityIcon severity={severity} decorative />
              {count}
            </button>
          );
        })}
      </div>
      <span className={styles['space']} />
      {(total >= MANY || search !== '') && (
        <div className={styles['search']}>
          <SearchField label="Find an issue" value={search} onValueChange={searchProblems} />
        </div>
      )}
    </>
  );
}
