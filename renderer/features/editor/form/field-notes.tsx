import { CircleX, TriangleAlert } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import type { EditorIssue } from '../document/analysis.ts';
import { TickedText } from '../simulate/ticked-text.tsx';
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
      {withoutRepeats(issues).map((issue, index) => (
        <li key={`${issue.code} ${index}`} className={styles['note']} data-severity={issue.severity}>
          {issue.severity === 'error' ? (
            <CircleX size={13} aria-label="Error" />
          ) : (
            <TriangleAlert size={13} aria-label="Warning" />
          )}
          <span>
            <TickedText text={wordsOf(issue)} />
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

/** With the way out, unless a button takes it. */
const wordsOf = ({ message, hint, fixes }: EditorIssue): string =>
  hint !== null && fixes.length === 0 ? `${message}: ${hint}` : message;

/** Several values of one setting may have the same thing said of them. */
const withoutRepeats = (issues: readonly EditorIssue[]): readonly EditorIssue[] =>
  issues.filter((issue, index) => issues.findIndex((other) => wordsOf(other) === wordsOf(issue)) === index);
