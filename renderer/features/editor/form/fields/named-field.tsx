import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { entryPlace, isMapping } from '../field-place.ts';
import { FieldNotes } from '../field-notes.tsx';
import { useFormData } from '../form-data.ts';
import { HelpText } from '../help-text.tsx';
import type { ShapeOf } from '../schema/field-shape.ts';
import { firstName, wordForOne } from '../schema/first-value.ts';
import { newValue } from '../schema/new-value.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { InnerField } from './inner-field.tsx';
import { useField, useFieldEdits } from '../use-field.ts';
import { ItemCard } from './item-card.tsx';
import { NameField } from './name-field.tsx';
import { freeName } from './free-name.ts';
import { YamlField } from './yaml-field.tsx';
import styles from './controls.module.css';

export interface NamedFieldProps extends SchemaFieldProps {
  readonly item: ShapeOf<'object'>;
  readonly keyPattern: string | null;
}

/** Things with keys of their own by their names: inputs, services, values that outlive a run. */
export function NamedField(props: NamedFieldProps) {
  const { spec, places, item, keyPattern, bare = false, isNew = false } = props;
  const { isReadOnly } = useFormData();
  const { run, set } = useFieldEdits();
  const state = useField(places, false);
  const [added, setAdded] = useState<string | null>(null);
  // A card stays open, and the focus in it, when its name changes; the next one may get the name that it had.
  const [keys, setKeys] = useState<Readonly<Record<string, string>>>({});
  const [place] = places;
  if (place === undefined || (places.length > 1 && state.isSet)) return <YamlField {...props} />;
  const names = Object.keys(isMapping(place.value) ? place.value : {});
  const word = wordForOne(spec);
  const add = (): void => {
    const name = freeName(firstName(word), names);
    setAdded(name);
    setKeys((known) => ({ ...known, [name]: `${name} ${Object.keys(known).length}` }));
    void run(
      places.map(({ path }) => ({ type: 'set-field', path: [...path, name], value: newValue(item) })),
      `Add ${word} ${name}`,
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
      {names.map((name) => {
        const entry = entryPlace(place, name);
        return (
          <ItemCard
            key={keys[name] ?? name}
            title={<code>{name}</code>}
            name={name}
            path={entry.path}
            defaultOpen={isNew || name === added}
            onRemove={() => void set([entry], undefined, name)}
          >
            <NameField
              name={name}
              taken={names}
              keyPattern={keyPattern}
              path={entry.path}
              autoFocus={isNew || name === added}
              onApplied={(to) => setKeys((known) => ({ ...known, [to]: known[name] ?? name }))}
            />
            <InnerField spec={{ ...spec, title: name, help: '', shape: item }} places={[entry]} bare />
          </ItemCard>
        );
      })}
      {!isReadOnly && (
        <Button size="small" variant="ghost" icon={<Plus size={14} />} onClick={add}>
          Add {word}
        </Button>
      )}
    </div>
  );
}
