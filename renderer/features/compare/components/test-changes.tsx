import { Section } from '#renderer/ui/section.tsx';
import type { CaseKey } from '#shared/api/report-schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { countWords, deltaWords, hasChanged } from '../change-words.ts';
import { ChangeTable, type ChangeLine } from './change-table.tsx';
import type { PartProps } from './stage-changes.tsx';
import styles from './compare.module.css';

/** More cases of one sort than these say no more. */
const MOST_CASES = 100;

/** Counts of tests, and the cases that broke, were mended, came, went or became slow. */
export function TestChanges({ comparison: { tests }, showsAll }: PartProps) {
  const { total } = tests;
  const counts = (['total', 'passed', 'failed', 'errored', 'skipped'] as const).map((name) => ({
    name,
    change: { before: total.before?.[name] ?? null, after: total.after?.[name] ?? null },
  }));
  const hasTests = total.before !== null || total.after !== null;
  const lines: readonly ChangeLine[] = counts
    .filter(({ change }) => hasTests && (showsAll || hasChanged(change)))
    .map(({ name, change }) => ({
      key: name,
      name: name.charAt(0).toUpperCase() + name.slice(1),
      before: change.before,
      after: change.after,
      delta: deltaWords(change, countWords),
      way: wayOf(name, change),
    }));
  return (
    <>
      <ChangeTable title="Tests" what="Result" lines={lines} />
      <Cases title="Broken" cases={tests.broken} />
      <Cases title="Mended" cases={tests.fixed} />
      <Cases title="New" cases={tests.added} />
      <Cases title="Gone" cases={tests.removed} />
      <ChangeTable
        title="Slower"
        what="Test"
        lines={tests.slower.map(({ key, beforeMs, afterMs }) => ({
          key: keyOf(key),
          name: <CaseName name={key} />,
          before: formatDuration(beforeMs),
          after: formatDuration(afterMs),
          delta: `${(afterMs / Math.max(beforeMs, 1)).toFixed(1)}×`,
          way: 'worse',
        }))}
      />
    </>
  );
}

function wayOf(
  name: string,
  { before, after }: { readonly before: number | null; readonly after: number | null },
): 'better' | 'worse' | 'neither' {
  if (before === null || after === null || name === 'total' || name === 'skipped') return 'neither';
  return after < before === (name !== 'passed') ? 'better' : 'worse';
}

function Cases({ title, cases }: { readonly title: string; readonly cases: readonly CaseKey[] }) {
  if (cases.length === 0) return null;
  return (
    <div className={styles['part']}>
      <Section title={`${title} tests`} count={cases.length}>
        <ul className={styles['cases']}>
          {cases.slice(0, MOST_CASES).map((key) => (
            <li key={keyOf(key)}>
              <CaseName name={key} />
            </li>
          ))}
          {cases.length > MOST_CASES && (
            <li className={styles['muted']}>and {countWords(cases.length - MOST_CASES)} more</li>
          )}
        </ul>
      </Section>
    </div>
  );
}

function CaseName({ name: { stage, suite, name } }: { readonly name: CaseKey }) {
  return (
    <span>
      {name} <span className={styles['muted']}>{`${suite} · ${stage}`}</span>
    </span>
  );
}

const keyOf = ({ stage, suite, classname, name }: CaseKey): string =>
  JSON.stringify([stage, suite, classname, name]);
