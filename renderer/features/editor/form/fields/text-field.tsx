import { useState } from 'react';
import { surroundingsOf } from '../../expression-names.ts';
import { usePipelineDocument } from '../../document/document-context.ts';
import { ExpressionNote } from '../expression-note.tsx';
import { FieldRow } from '../field-row.tsx';
import { hasExpression, readText, textOf } from '../field-text.ts';
import { useFormData } from '../form-data.ts';
import type { ShapeOf } from '../schema/field-shape.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { useDraft } from '../use-draft.ts';
import { useField, useFieldEdits } from '../use-field.ts';
import { ConditionPresets } from './condition-presets.tsx';
import { CronTimes } from './cron-times.tsx';
import { ExpressionInput } from './expression-input.tsx';
import { SecretPick } from './secret-pick.tsx';

export interface TextFieldProps extends SchemaFieldProps {
  readonly shape: ShapeOf<'text' | 'number' | 'duration' | 'size' | 'scalar'>;
}

/** One text, number, length of time or size. */
export function TextField({ spec, places, shape, expressions = false, bare = false }: TextFieldProps) {
  const document = usePipelineDocument();
  const { isReadOnly } = useFormData();
  const state = useField(places);
  const edits = useFieldEdits();
  const [asksForMore, setAsksForMore] = useState(0);
  const draft = useDraft(state.text, (text) => {
    const read = readText(shape, text);
    if (!read.ok) return Promise.resolve(read.message);
    return edits.set(places, read.value, spec.title);
  });

  const control = shape.type === 'text' ? shape.control : 'line';
  const isBare = control === 'condition';
  const takesExpressions = expressions || shape.type === 'text' || shape.type === 'scalar';
  const path = places[0]?.path ?? [];
  const isExpression = hasExpression(draft.text);
  const example = spec.examples[0];
  const placeholder = state.isMixed
    ? 'Different values'
    : spec.initial !== undefined
      ? textOf(spec.initial)
      : example !== undefined
        ? `such as ${textOf(example)}`
        : undefined;
  const toggle = (isOn: boolean): void => {
    draft.change(isOn ? `\${{ ${draft.text} }}` : draft.text.replace(/\$\{\{\s*|\s*\}\}/g, ''));
    setAsksForMore((count) => count + 1);
  };
  return (
    <FieldRow
      spec={spec}
      places={places}
      state={state}
      problem={draft.problem}
      bare={bare}
      expression={
        takesExpressions && !isBare && control !== 'secret'
          ? { isOn: isExpression, onToggle: toggle }
          : undefined
      }
      note={
        <>
          {isBare && !isReadOnly && <ConditionPresets places={places} what={spec.title} />}
          {control === 'cron' && !isExpression && <CronTimes text={draft.text} path={path} />}
          {(isExpression || isBare) && <ExpressionNote text={draft.text} path={path} isBare={isBare} />}
        </>
      }
    >
      {(ids) =>
        control === 'secret' ? (
          <SecretPick control={ids} draft={draft} isReadOnly={isReadOnly} />
        ) : (
          <ExpressionInput
            key={asksForMore}
            autoFocus={asksForMore > 0}
            control={ids}
            text={draft.text}
            onChange={draft.change}
            onSettle={draft.settle}
            onTakeBack={draft.takeBack}
            isMultiline={control === 'script' || draft.text.includes('\n')}
            isMono={control !== 'words'}
            isReadOnly={isReadOnly}
            isBare={isBare}
            placeholder={placeholder}
            surroundings={
              takesExpressions ? () => surroundingsOf(document.getState().analysis?.value, path) : null
            }
          />
        )
      }
    </FieldRow>
  );
}
