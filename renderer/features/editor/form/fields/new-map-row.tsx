import { useRef, useState } from 'react';
import type { FieldPlace } from '../field-place.ts';
import { FieldNotes } from '../field-notes.tsx';
import { readText } from '../field-text.ts';
import type { FieldShape } from '../schema/field-shape.ts';
import { useFieldEdits } from '../use-field.ts';
import { ExpressionInput } from './expression-input.tsx';
import { nameProblem } from './name-problem.ts';
import styles from './controls.module.css';

export interface NewMapRowProps {
  /** Of the mappings that get it. */
  readonly places: readonly FieldPlace[];
  readonly taken: readonly string[];
  readonly keyPattern: string | null;
  readonly shape: FieldShape;
  readonly what: string;
  readonly autoFocus: boolean;
  /** It is set, or given up. */
  readonly onDone: () => void;
}

/** A name and a value that are written once the focus leaves both. */
export function NewMapRow(props: NewMapRowProps) {
  const { places, taken, keyPattern, shape, what, autoFocus, onDone } = props;
  const { run } = useFieldEdits();
  const row = useRef<HTMLDivElement>(null);
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const finish = (): void => {
    const key = name.trim();
    if (key === '' && value.trim() === '') {
      onDone();
      return;
    }
    const read = readText(shape, value);
    const fault = nameProblem(key, taken, keyPattern) ?? (read.ok ? null : read.message);
    if (fault !== null || !read.ok) {
      setProblem(fault);
      return;
    }
    const operations = places.map(
      ({ path }) => ({ type: 'set-field', path: [...path, key], value: read.value ?? '' }) as const,
    );
    void run(operations, `Add ${key} to ${what.toLowerCase()}`).then((refused) => {
      setProblem(refused);
      if (refused !== null) return;
      setName('');
      setValue('');
      onDone();
    });
  };
  const shared = {
    surroundings: null,
    onTakeBack: () => {
      setName('');
      setValue('');
      setProblem(null);
      onDone();
    },
  };
  return (
    <div
      ref={row}
      className={styles['entry']}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) finish();
      }}
    >
      <div className={styles['pair']}>
        <ExpressionInput
          {...shared}
          control={{ 'aria-label': `New name in ${what}` }}
          placeholder="Name"
          autoFocus={autoFocus}
          text={name}
          onChange={setName}
          onSettle={() => undefined}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== '=') return;
            event.preventDefault();
            row.current?.querySelectorAll('input')[1]?.focus();
          }}
        />
        <ExpressionInput
          {...shared}
          control={{ 'aria-label': `New value in ${what}` }}
          placeholder="Value"
          text={value}
          onChange={setValue}
          onSettle={() => undefined}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            finish();
          }}
        />
      </div>
      {problem !== null && <FieldNotes problem={problem} issues={[]} />}
    </div>
  );
}
