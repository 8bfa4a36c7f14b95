import { Section } from '#renderer/ui/section.tsx';
import { SeverityMark } from '#renderer/ui/severity-mark.tsx';
import type { Finding } from '#shared/reports/findings.ts';
import { SEVERITIES } from '#shared/reports/severity.ts';
import { countWords, deltaWords, hasChanged } from '../change-words.ts';
import { ChangeTable } from './change-table.tsx';
import type { PartProps } from './stage-changes.tsx';
import styles from './compare.module.css';

const MOST_FINDINGS = 100;

/** Findings by severity, and those that came or went. */
export function FindingChanges({ comparison: { findings }, showsAll }: PartProps) {
  const { counts } = findings;
  const rows = SEVERITIES.map((severity) => ({
    severity,
    change: { before: counts.before?.[severity] ?? null, after: counts.after?.[severity] ?? null },
  })).filter(
    ({ change }) => (change.before !== null || change.after !== null) && (showsAll || hasChanged(change)),
  );
  return (
    <>
      <ChangeTable
        title="Findings"
        what="Severity"
        lines={rows.map(({ severity, change }) => ({
          key: severity,
          name: (
            <span className={styles['ended']}>
              <SeverityMark severity={severity} />
              {severity}
            </span>
          ),
          before: change.before,
          after: change.after,
          delta: deltaWords(change, countWords),
          way: (change.after ?? 0) <= (change.before ?? 0) ? 'better' : 'worse',
        }))}
      />
      <Found title="New findings" findings={findings.new} />
      <Found title="Fixed findings" findings={findings.fixed} />
    </>
  );
}

function Found({ title, findings }: { readonly title: string; readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <div className={styles['part']}>
      <Section title={title} count={findings.length}>
        <ul className={styles['cases']}>
          {findings.slice(0, MOST_FINDINGS).map((finding, index) => (
            <li key={`${finding.fingerprint} ${index}`} className={styles['ended']}>
              <SeverityMark severity={finding.severity} />
              <span>
                {finding.message}{' '}
                <span className={styles['muted']}>
                  {finding.ruleId}
                  {finding.file === null ? '' : ` · ${finding.file}`}
                </span>
              </span>
            </li>
          ))}
          {findings.length > MOST_FINDINGS && (
            <li className={styles['muted']}>and {countWords(findings.length - MOST_FINDINGS)} more</li>
          )}
        </ul>
      </Section>
    </div>
  );
}
