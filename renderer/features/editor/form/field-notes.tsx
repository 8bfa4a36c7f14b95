import { CircleX, TriangleAlert } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import type { EditorIssue } from '../document/analysis.ts';
import { useFormData } from './form-data.ts';
import { useFieldEdits } from './use-field.ts';
import styles from './form.module.css';

export interface FieldNotesProps {
  readonly id?: string;
  readonly problem: string | null;
  readonly issues: readonly EditorIssue[];
}

/** What is wrong at a field, each with its way out. */
export function FieldNotes({ id, problem, issues }: FieldNotesProps) {
  const { run } = useFieldEdits();
  const { isReadOnly } = useFormData();
  return (
    <ul id={id} className={styles['notes']}>
      {problem !== null && (
        <li className={styles['note']} data-severity="error" role="alert">
          <CircleX size={13} aria-hidden />
          <span>{problem}</span>
        </li>
      )}
      {issues.map((issue, index) => (
        <li key={`${issue.code} ${index}`} className={styles['note']} data-severity={issue.severity}>
          {issue.severity === 'error' ? (
            <CircleX size={13} aria-label="Error" />
          ) : (
            <TriangleAlert size={13} aria-label="Warning" />
          )}
          <span>
            {issue.message}
            {issue.hint !== null && issue.fixes.length === 0 && `: ${issue.hint}`}
          </span>
          {!isReadOnly &&
            issue.fixes.map(({ title, operations }) => (
              <Button key={title} size="small" variant="ghost" onClick={() => void run(operations, title)}>
                {title}
              </Button>
            ))}
        </li>
      ))}
    </ul>
  );
}
