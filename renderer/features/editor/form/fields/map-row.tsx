import { X } from 'lucide-react';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { surroundingsOf } from '../../expression-names.ts';
import { usePipelineDocument } from '../../document/document-context.ts';
import { ExpressionNote } from '../expression-note.tsx';
import { FieldNotes } from '../field-notes.tsx';
import type { FieldPlace } from '../field-place.ts';
import { hasExpression, readText, textOf } from '../field-text.ts';
import { useFormData } from '../form-data.ts';
import type { FieldShape } from '../schema/field-shape.ts';
import { useDraft } from '../use-draft.ts';
import { useField, useFieldEdits } from '../use-field.ts';
import { ExpressionInput } from './expression-input.tsx';
import { nameProblem } from './name-problem.ts';
import styles from './controls.module.css';

export interface MapRowProps {
  readonly name: string;
  readonly taken: readonly string[];
  readonly keyPattern: string | null;
  readonly shape: FieldShape;
  readonly places: readonly FieldPlace[];
  /** The mapping in words. */
  readonly what: string;
}

/** A name and its value. What is no text, number or boolean is shown as it is. */
export function MapRow({ name, taken, keyPattern, shape, places, what }: MapRowProps) {
  const document = usePipelineDocument();
  const { isReadOnly, written } = useFormData();
  const { run, set } = useFieldEdits();
  const state = useField(places);
  const path = places[0]?.path ?? [];
  const isCompound = typeof state.value === 'object' && state.value !== null;
  const isFixed = isReadOnly || isCompound || state.isForeign;
  const title = `${name} in ${what}`;

  const nameDraft = useDraft(name, (text) => {
    const to = text.trim();
    const problem = nameProblem(to, taken, keyPattern);
    if (problem !== null) return Promise.resolve(problem);
    return run(
      places.map((place) => ({ type: 'rename-key', path: place.path, to })),
      `Rename ${name} to ${to}`,
    );
  });
  const valueDraft = useDraft(state.text, (text) => {
    const read = readText(shape, text);
    if (!read.ok) return Promise.resolve(read.message);
    return set(places, read.value ?? '', title);
  });
  const problem = nameDraft.problem ?? valueDraft.problem;
  return (
    <div className={styles['entry']}>
      <div className={styles['pair']}>
        <ExpressionInput
          control={{ 'aria-label': `Name of ${name}` }}
          text={nameDraft.text}
          isReadOnly={isReadOnly}
          surroundings={null}
          onChange={nameDraft.change}
          onSettle={nameDraft.settle}
          onTakeBack={nameDraft.takeBack}
        />
        <ExpressionInput
          control={{ 'aria-label': `Value of ${name}` }}
          text={isCompound ? (written.textAt(path) ?? textOf(state.value)) : valueDraft.text}
          placeholder={state.isMixed ? 'Different values' : undefined}
          isReadOnly={isFixed}
          isMultiline={valueDraft.text.includes('\n') || isCompound}
          surroundings={() => surroundingsOf(document.getState().analysis?.value, path)}
          onChange={valueDraft.change}
          onSettle={valueDraft.settle}
          onTakeBack={valueDraft.takeBack}
        />
        {!isReadOnly && (
          <IconButton
            label={`Remove ${name}`}
            icon={<X size={14} />}
            size="small"
            onClick={() => void set(places, undefined, title)}
          />
        )}
      </div>
      {hasExpression(valueDraft.text) && <ExpressionNote text={valueDraft.text} path={path} isBare={false} />}
      {(problem !== null || state.issues.length > 0) && (
        <FieldNotes problem={problem} issues={state.issues} />
      )}
    </div>
  );
}
