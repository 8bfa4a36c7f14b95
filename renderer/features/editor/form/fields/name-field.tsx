import { useId } from 'react';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import { FieldNotes } from '../field-notes.tsx';
import { useFormData } from '../form-data.ts';
import { useDraft } from '../use-draft.ts';
import { useFieldEdits } from '../use-field.ts';
import { ExpressionInput } from './expression-input.tsx';
import { nameProblem } from './name-problem.ts';
import styles from '../form.module.css';

export interface NameFieldProps {
  readonly label?: string;
  readonly name: string;
  readonly taken: readonly string[];
  readonly keyPattern: string | null;
  readonly path: ValuePath;
  readonly autoFocus?: boolean;
  /** Default: another name for the key. */
  readonly rename?: (to: string) => Operation;
  /** Told as soon as the text has the new name. */
  readonly onApplied?: (to: string) => void;
}

/** The name under which something stands, to be changed wherever it is used. */
export function NameField(props: NameFieldProps) {
  const { label = 'Name', name, taken, keyPattern, path, autoFocus = false, rename, onApplied } = props;
  const { isReadOnly } = useFormData();
  const id = useId();
  const { run } = useFieldEdits();
  const draft = useDraft(name, async (text) => {
    const to = text.trim();
    const problem = nameProblem(to, taken, keyPattern);
    if (problem !== null) return problem;
    const operation = rename?.(to) ?? ({ type: 'rename-key', path, to } as const);
    return run([operation], `Rename ${name} to ${to}`, () => onApplied?.(to));
  });
  return (
    <div className={styles['row']}>
      <div className={styles['labelLine']}>
        <label htmlFor={id} className={styles['label']} data-set>
          {label}
        </label>
      </div>
      <ExpressionInput
        control={{
          id,
          'aria-describedby': draft.problem === null ? undefined : `${id}-notes`,
          'aria-invalid': draft.problem === null ? undefined : true,
        }}
        text={draft.text}
        isReadOnly={isReadOnly}
        autoFocus={autoFocus}
        surroundings={null}
        onChange={draft.change}
        onSettle={draft.settle}
        onTakeBack={draft.takeBack}
      />
      {draft.problem !== null && <FieldNotes id={`${id}-notes`} problem={draft.problem} issues={[]} />}
    </div>
  );
}
