import { CircleAlert, CircleDashed, TriangleAlert } from 'lucide-react';
import type { Issue, IssueSeverity } from '#shared/lib/issue.ts';
import { toneColour, type Tone } from './tone.ts';
import styles from './issue-list.module.css';

const SEVERITIES: Record<
  IssueSeverity,
  { readonly tone: Tone; readonly icon: typeof CircleAlert; readonly label: string }
> = {
  error: { tone: 'failed', icon: CircleAlert, label: 'Error' },
  warning: { tone: 'warning', icon: TriangleAlert, label: 'Warning' },
  unsupported: { tone: 'skipped', icon: CircleDashed, label: 'Not supported yet' },
};

const place = ({ path, line, column }: Issue): string =>
  line === null ? path : `${path}:${line}:${column ?? 1}`;

export interface IssueListProps {
  readonly issues: readonly Issue[];
  /** Makes each issue a button that goes to its place. */
  readonly onOpen?: (issue: Issue) => void;
}

/** The problems of something that a person wrote: what, where, and the way out. */
export function IssueList({ issues, onOpen }: IssueListProps) {
  return (
    <ul className={styles['list']}>
      {issues.map((issue) => {
        const { tone, icon: Icon, label } = SEVERITIES[issue.severity];
        const key = `${place(issue)} ${issue.code} ${issue.message}`;
        const content = (
          <>
            <Icon size={14} color={toneColour(tone)} aria-label={label} className={styles['icon']} />
            <span className={styles['words']}>
              {issue.message}
              {issue.hint !== null && <span className={styles['hint']}> {issue.hint}</span>}
            </span>
            <code className={styles['place']}>{place(issue)}</code>
          </>
        );
        return (
          <li key={key}>
            {onOpen === undefined ? (
              <div className={styles['issue']} data-selectable>
                {content}
              </div>
            ) : (
              <button type="button" className={styles['issue']} onClick={() => onOpen(issue)}>
                {content}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
