import { useRef, useState } from 'react';
import { ExpressionInput } from '../fields/expression-input.tsx';
import { nameProblem } from '../fields/name-problem.ts';
import { FieldNotes } from '../field-notes.tsx';
import type { FieldPlace } from '../field-place.ts';
import { hasExpression, readScalar } from '../field-text.ts';
import { useFormData } from '../form-data.ts';
import { useFieldEdits } from '../use-field.ts';
import { AXIS_NAME } from './matrix-axis.tsx';
import controls from '../fields/controls.module.css';
import styles from '../form.module.css';

export interface NewAxisProps {
  /** Of the matrix. */
  readonly place: FieldPlace;
  readonly taken: readonly string[];
  readonly autoFocus: boolean;
  /** It is set, or given up. */
  readonly onDone: () => void;
}

/** A name and values, with commas between them, that are written once the focus leaves both. */
export function NewAxis({ place, taken, autoFocus, onDone }: NewAxisProps) {
  const { subject } = useFormData();
  const { run } = useFieldEdits();
  const row = useRef<HTMLDivElement>(null);
  const [name, setName] = useState('');
  const [values, setValues] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const clear = (): void => {
    setName('');
    setValues('');
    setProblem(null);
    onDone();
  };
  const finish = async (): Promise<void> => {
    if (name.trim() === '' && values.trim() === '') {
      clear();
      return;
    }
    const list = values
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== '')
      .map((value) => readScalar(value, ['number', 'boolean']));
    const fault =
      nameProblem(name.trim(), taken, AXIS_NAME) ??
      (list.length === 0 ? 'Write values with commas between them.' : null);
    setProblem(fault);
    if (fault !== null) return;
    const value = hasExpression(values) ? values.trim() : list;
    const refused = await run(
      [{ type: 'set-field', path: [...place.path, name.trim()], value }],
      `Add the axis ${name.trim()} to ${subject}`,
    );
    if (refused === null) clear();
    else setProblem(refused);
  };
  const shared = { surroundings: null, onTakeBack: clear, onSettle: () => undefined };
  return (
    <div
      ref={row}
      className={controls['entry']}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) void finish();
      }}
    >
      <div className={styles['axis']}>
        <ExpressionInput
          {...shared}
          control={{ 'aria-label': 'Name of the new axis' }}
          placeholder="node"
          autoFocus={autoFocus}
          text={name}
          onChange={setName}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ':') return;
            event.preventDefault();
            row.current?.querySelectorAll('input')[1]?.focus();
          }}
        />
        <ExpressionInput
          {...shared}
          control={{ 'aria-label': 'Values of the new axis' }}
          placeholder="22, 24"
          text={values}
          onChange={setValues}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            void finish();
          }}
        />
      </div>
      {problem !== null && <FieldNotes problem={problem} issues={[]} />}
    </div>
  );
}
