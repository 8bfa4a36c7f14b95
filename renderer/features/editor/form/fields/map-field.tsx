import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { entryPlace, isMapping } from '../field-place.ts';
import { FieldRow } from '../field-row.tsx';
import { useFormData } from '../form-data.ts';
import type { ShapeOf } from '../schema/field-shape.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { useField } from '../use-field.ts';
import { MapRow } from './map-row.tsx';
import { NewMapRow } from './new-map-row.tsx';
import styles from './controls.module.css';

export interface MapFieldProps extends SchemaFieldProps {
  readonly shape: ShapeOf<'map'>;
}

/** Names with a value each: variables, outputs. */
export function MapField({ spec, places, shape, bare = false }: MapFieldProps) {
  const { isReadOnly } = useFormData();
  const state = useField(places, false);
  const [isAdding, setAdding] = useState(false);
  const names = sharedNames(places.map(({ value }) => value));
  const [first] = places;
  return (
    <FieldRow spec={spec} places={places} state={state} bare={bare} group>
      {() => (
        <div className={styles['lines']}>
          {names.map((name) => (
            <MapRow
              key={name}
              name={name}
              taken={names}
              keyPattern={shape.keyPattern}
              shape={shape.value}
              places={places.map((place) => entryPlace(place, name))}
              what={spec.title}
            />
          ))}
          {isAdding || (names.length === 0 && !isReadOnly) ? (
            <NewMapRow
              places={places}
              taken={Object.keys(isMapping(first?.value) ? first.value : {})}
              keyPattern={shape.keyPattern}
              shape={shape.value}
              what={spec.title}
              autoFocus={isAdding}
              onDone={() => setAdding(false)}
            />
          ) : (
            !isReadOnly && (
              <Button size="small" variant="ghost" icon={<Plus size={14} />} onClick={() => setAdding(true)}>
                Add
              </Button>
            )
          )}
        </div>
      )}
    </FieldRow>
  );
}

/** The names that all mappings have. */
function sharedNames(values: readonly unknown[]): readonly string[] {
  const [first, ...others] = values.map((value) => Object.keys(isMapping(value) ? value : {}));
  return (first ?? []).filter((name) => others.every((names) => names.includes(name)));
}
