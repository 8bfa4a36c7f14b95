import { X } from 'lucide-react';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { nameProblem } from '../fields/name-problem.ts';
import { ExpressionInput } from '../fields/expression-input.tsx';
import { FieldNotes } from '../field-notes.tsx';
import type { FieldPlace } from '../field-place.ts';
import { useFormData } from '../form-data.ts';
import type { FieldSpec } from '../schema/field-shape.ts';
import { SchemaField } from '../schema-field.tsx';
import { useDraft } from '../use-draft.ts';
import { useFieldEdits } from '../use-field.ts';
import controls from '../fields/controls.module.css';
import styles from '../form.module.css';

export const AXIS_NAME = '^[A-Za-z_][A-Za-z0-9_-]*$';

/** The values of an axis. */
export const axisSpec = (name: string): FieldSpec => ({
  key: name,
  title: `Values of ${name}`,
  help: '',
  shape: { type: 'texts', control: 'chips', alone: false, options: null, isScalar: true },
  initial: undefined,
  examples: [],
  isRequired: false,
});

export interface MatrixAxisProps {
  readonly name: string;
  readonly taken: readonly string[];
  readonly place: FieldPlace;
}

/** The name of an axis and its values. */
export function MatrixAxis({ name, taken, place }: MatrixAxisProps) {
  const { isReadOnly } = useFormData();
  const { run, set } = useFieldEdits();
  const draft = useDraft(name, (text) => {
    const to = text.trim();
    const problem = nameProblem(to, taken, AXIS_NAME);
    if (problem !== null) return Promise.resolve(problem);
    return run([{ type: 'rename-key', path: place.path, to }], `Rename ${name} to ${to}`);
  });
  return (
    <div className={controls['entry']}>
      <div className={styles['axis']}>
        <ExpressionInput
          control={{ 'aria-label': `Name of ${name}` }}
          text={draft.text}
          isReadOnly={isReadOnly}
          surroundings={null}
          onChange={draft.change}
          onSettle={draft.settle}
          onTakeBack={draft.takeBack}
        />
        <SchemaField spec={axisSpec(name)} places={[place]} bare />
        {!isReadOnly && (
          <IconButton
            label={`Remove ${name}`}
            icon={<X size={14} />}
            size="small"
            onClick={() => void set([place], undefined, name)}
          />
        )}
      </div>
      {draft.problem !== null && <FieldNotes problem={draft.problem} issues={[]} />}
    </div>
  );
}
