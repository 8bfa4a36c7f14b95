import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { listOf } from '#shared/pipeline/raw-stages.ts';
import { surroundingsOf } from '../../expression-names.ts';
import { usePipelineDocument } from '../../document/document-context.ts';
import { writeTexts } from '../field-place.ts';
import { FieldRow } from '../field-row.tsx';
import { textOf } from '../field-text.ts';
import { useFormData } from '../form-data.ts';
import type { ShapeOf } from '../schema/field-shape.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { useField, useFieldEdits } from '../use-field.ts';
import { GlobMatches } from './glob-matches.tsx';
import { LineRow } from './line-row.tsx';
import styles from './controls.module.css';

export interface LinesFieldProps extends SchemaFieldProps {
  readonly shape: ShapeOf<'texts'>;
}

/** Several texts below each other, in an order that matters: globs, keys to fall back to, conditions. */
export function LinesField({ spec, places, shape, bare = false }: LinesFieldProps) {
  const document = usePipelineDocument();
  const { isReadOnly } = useFormData();
  const { run } = useFieldEdits();
  const state = useField(places);
  const [isAdding, setAdding] = useState(false);
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const path = places[0]?.path ?? [];
  const texts = listOf(state.value).map(textOf);
  const rows = isAdding || texts.length === 0 ? [...texts, ''] : texts;

  const write = (next: readonly string[]): Promise<string | null> => {
    const operations = places.map((place) =>
      writeTexts(
        place,
        next.filter((text) => text !== ''),
        shape.alone,
      ),
    );
    return run(operations, `Set ${spec.title.toLowerCase()}`);
  };
  const replace = (index: number, text: string): Promise<string | null> => {
    setAdding(false);
    return write(rows.map((row, at) => (at === index ? text.trim() : row)));
  };
  // Its quotes and its comment go with it.
  const move = (from: number, by: number): void => {
    const operations = places.map(
      ({ path: list }) => ({ type: 'move-item', path: list, from, to: from + by }) as const,
    );
    void run(operations, `Move in ${spec.title.toLowerCase()}`);
  };
  const example = listOf(spec.examples[0]).map(textOf)[0];
  return (
    <FieldRow
      spec={spec}
      places={places}
      state={state}
      bare={bare}
      group
      note={
        shape.control === 'globs' && <GlobMatches globs={rows.map((row, index) => typed[index] ?? row)} />
      }
    >
      {(ids) => (
        <div className={styles['lines']}>
          {rows.map((text, index) => (
            <LineRow
              key={index}
              control={{ ...ids, id: `${ids.id}-${index}`, 'aria-label': `${spec.title}, line ${index + 1}` }}
              text={text}
              isReadOnly={isReadOnly}
              autoFocus={isAdding && index === texts.length}
              placeholder={
                state.isMixed ? 'Different values' : example === undefined ? undefined : `such as ${example}`
              }
              surroundings={() => surroundingsOf(document.getState().analysis?.value, path)}
              onType={(next) => setTyped((all) => ({ ...all, [index]: next ?? text }))}
              onSet={(next) => replace(index, next)}
              onRemove={index < texts.length ? () => void write(texts.filter((_, at) => at !== index)) : null}
              onUp={index > 0 && index < texts.length ? () => move(index, -1) : null}
              onDown={index < texts.length - 1 ? () => move(index, 1) : null}
            />
          ))}
          {!isReadOnly && texts.length > 0 && !isAdding && (
            <Button size="small" variant="ghost" icon={<Plus size={14} />} onClick={() => setAdding(true)}>
              Add a line
            </Button>
          )}
        </div>
      )}
    </FieldRow>
  );
}
