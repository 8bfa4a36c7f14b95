import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { addItem, itemPlaces } from '../field-place.ts';
import { FieldNotes } from '../field-notes.tsx';
import { useFormData } from '../form-data.ts';
import { HelpText } from '../help-text.tsx';
import { newItem } from '../schema/new-value.ts';
import type { ShapeOf } from '../schema/field-shape.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { InnerField } from './inner-field.tsx';
import { useField, useFieldEdits } from '../use-field.ts';
import { ItemCard } from './item-card.tsx';
import { itemWords } from './item-words.ts';
import { YamlField } from './yaml-field.tsx';
import styles from './controls.module.css';

export interface ListFieldProps extends SchemaFieldProps {
  readonly shape: ShapeOf<'list'>;
}

/** Things with keys of their own below each other: artifacts, caches, steps. */
export function ListField(props: ListFieldProps) {
  const { spec, places, shape, bare = false } = props;
  const { isReadOnly } = useFormData();
  const { run, set } = useFieldEdits();
  const state = useField(places, false);
  const [added, setAdded] = useState<number | null>(null);
  const [place] = places;
  if (place === undefined || (places.length > 1 && state.isSet)) return <YamlField {...props} />;
  const items = itemPlaces(place);
  const word = singular(spec.title);
  const add = (): void => {
    setAdded(items.length);
    const value = newItem(spec, shape.item);
    void run(
      places.map((each) => addItem(each, value)),
      `Add ${word}`,
    );
  };
  return (
    <div className={styles['cards']} role="group" aria-label={spec.title}>
      {!bare && (
        <>
          <span className={styles['cardsTitle']}>{spec.title}</span>
          <HelpText text={spec.help} />
        </>
      )}
      {state.issues.length > 0 && <FieldNotes problem={null} issues={state.issues} />}
      {items.map((item, index) => (
        <ItemCard
          key={index}
          title={itemWords(item.value) ?? `${word} ${index + 1}`}
          path={item.path}
          defaultOpen={index === added || items.length === 1}
          onRemove={() => void set([item], undefined, `${word} ${index + 1}`)}
          onMove={(by) =>
            void run(
              [{ type: 'move-item', path: place.path, from: index, to: index + by }],
              `Move ${word} ${index + 1}`,
            )
          }
          index={index}
          count={items.length}
        >
          <InnerField
            spec={{ ...spec, help: '', title: `${word} ${index + 1}`, shape: shape.item }}
            places={[item]}
            bare
          />
        </ItemCard>
      ))}
      {!isReadOnly && (
        <Button size="small" variant="ghost" icon={<Plus size={14} />} onClick={add}>
          Add {word}
        </Button>
      )}
    </div>
  );
}

/** `Artifacts`: `artifact`. */
const singular = (title: string): string =>
  title
    .toLowerCase()
    .replace(/(?:(?<=[^s])s)$/, '')
    .replace(/\s+files$/, '');
