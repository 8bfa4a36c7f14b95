import { useState } from 'react';
import { type FieldPlace, writeTexts } from '../field-place.ts';
import { FieldRow } from '../field-row.tsx';
import { hasExpression, readScalar, textOf } from '../field-text.ts';
import { useFormData } from '../form-data.ts';
import type { ShapeOf } from '../schema/field-shape.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { useField, useFieldEdits } from '../use-field.ts';
import type { YamlValue } from '#shared/pipeline/edits/operation.ts';
import { listOf } from '#shared/pipeline/raw-stages.ts';
import { ChipList } from './chip-list.tsx';
import { OptionChips } from './option-chips.tsx';
import { TextField } from './text-field.tsx';

export interface TextsFieldProps extends SchemaFieldProps {
  readonly shape: ShapeOf<'texts'>;
}

/** Several short texts, or several of a few names. */
export function TextsField(props: TextsFieldProps) {
  const { spec, places, shape, bare = false } = props;
  const { isReadOnly, written } = useFormData();
  const { run } = useFieldEdits();
  const state = useField(places);
  const [problem, setProblem] = useState<string | null>(null);
  if (hasExpression(state.value) && !shape.alone)
    return <TextField {...props} shape={{ type: 'text', control: 'line', pattern: null }} />;
  const values = listOf(state.value) as readonly YamlValue[];
  const write = (next: readonly YamlValue[]): Promise<void> => {
    const operations = places.map((place: FieldPlace) => writeTexts(place, next, shape.alone));
    return run(operations, `Set ${spec.title.toLowerCase()}`).then(setProblem);
  };
  const initial = listOf(spec.initial).map(textOf);
  const example = listOf(spec.examples[0]).map(textOf)[0];
  const path = places[0]?.path ?? [];
  return (
    <FieldRow spec={spec} places={places} state={state} problem={problem} bare={bare} group>
      {(ids) =>
        shape.options !== null ? (
          <OptionChips
            options={shape.options}
            chosen={values.map(textOf)}
            initial={initial}
            isReadOnly={isReadOnly}
            onChange={(chosen) => void write(chosen)}
          />
        ) : (
          <ChipList
            control={ids}
            label={spec.title}
            texts={values.map((value, index) => written.literal([...path, index]) ?? textOf(value))}
            placeholder={
              state.isMixed
                ? 'Different values'
                : values.length > 0 || example === undefined
                  ? undefined
                  : `such as ${example}`
            }
            isReadOnly={isReadOnly}
            onTouch={() => setProblem(null)}
            onChange={(texts, kept) =>
              write(
                texts.map((text, index) => {
                  const from = kept[index];
                  // What was not typed anew stays as it is: `1.10` is not to become 1.1.
                  const same = from === undefined ? undefined : values[from];
                  if (same !== undefined) return same;
                  return shape.isScalar ? readScalar(text, ['number', 'boolean']) : text;
                }),
              )
            }
          />
        )
      }
    </FieldRow>
  );
}
