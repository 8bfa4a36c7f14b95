import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { FieldNotes } from '../field-notes.tsx';
import { addItem, entryPlace, type FieldPlace } from '../field-place.ts';
import { useFormData } from '../form-data.ts';
import type { FieldSpec } from '../schema/field-shape.ts';
import { newValue } from '../schema/new-value.ts';
import { SchemaField, type SchemaFieldProps } from '../schema-field.tsx';
import { addTrigger, hasSettings, openTriggers, removeTrigger, triggersOf } from '../triggers.ts';
import { useField, useFieldEdits } from '../use-field.ts';
import { ItemCard } from './item-card.tsx';
import { triggerWords } from './trigger-words.ts';
import { YamlField } from './yaml-field.tsx';
import styles from './controls.module.css';

/** What starts runs: each trigger with what it asks for, whichever form `on` has. */
export function TriggersField(props: SchemaFieldProps) {
  const { spec, places } = props;
  const { isReadOnly, written } = useFormData();
  const { run } = useFieldEdits();
  const state = useField(places, false);
  const [added, setAdded] = useState<string | null>(null);
  const [place] = places;
  if (place === undefined || written.isForeign(place.path)) return <YamlField {...props} />;
  const names = triggersOf(place.value);
  const known = triggerSpecs(spec);
  const others = known.filter(({ key }) => !names.includes(key));
  const add = ({ key, title }: FieldSpec): void => {
    setAdded(key);
    void run([addTrigger(place, key)], `Add trigger ${title.toLowerCase()}`);
  };
  return (
    <div className={styles['cards']} role="group" aria-label={spec.title}>
      {state.issues.length > 0 && <FieldNotes problem={null} issues={state.issues} />}
      {names.map((name) => {
        const field = known.find(({ key }) => key === name);
        const words = hasSettings(place.value) ? triggerWords(entryPlace(place, name).value) : null;
        const title = field?.title ?? name;
        return (
          <ItemCard
            key={name}
            title={
              <span className={styles['cardWords']}>
                {title}
                {words !== null && <code>{words}</code>}
              </span>
            }
            name={title}
            path={hasSettings(place.value) ? [...place.path, name] : place.path}
            defaultOpen={name === added}
            onRemove={() => void run([removeTrigger(place, name)], `Remove trigger ${title.toLowerCase()}`)}
          >
            {field !== undefined && <Trigger field={field} on={place} />}
          </ItemCard>
        );
      })}
      {!isReadOnly && others.length > 0 && (
        <DropdownMenu
          entries={others.map((field) => ({ label: field.title, onSelect: () => add(field) }))}
          trigger={
            <Button size="small" variant="ghost" icon={<Plus size={14} />}>
              Add trigger
            </Button>
          }
        />
      )}
    </div>
  );
}

function Trigger({ field, on }: { readonly field: FieldSpec; readonly on: FieldPlace }) {
  const { isReadOnly } = useFormData();
  const { run } = useFieldEdits();
  const hasFields = field.shape.type !== 'object' || field.shape.fields.length > 0;
  if (!hasFields) return <p className={styles['quiet']}>{field.help}</p>;
  if (hasSettings(on.value)) return <TriggerSettings field={field} place={entryPlace(on, field.key)} />;
  return (
    <>
      <p className={styles['quiet']}>{field.help} All of them count.</p>
      {!isReadOnly && (
        <Button
          size="small"
          onClick={() => void run([openTriggers(on)], `Settings of ${field.title.toLowerCase()}`)}
        >
          Choose which
        </Button>
      )}
    </>
  );
}

/** One alone, where several may be, is asked for without a card around it. */
function TriggerSettings({ field, place }: { readonly field: FieldSpec; readonly place: FieldPlace }) {
  const { isReadOnly } = useFormData();
  const { run } = useFieldEdits();
  const { shape } = field;
  if (shape.type !== 'list' || Array.isArray(place.value)) {
    return <SchemaField spec={{ ...field, help: '' }} places={[place]} bare />;
  }
  return (
    <>
      <SchemaField spec={{ ...field, help: '', shape: shape.item }} places={[place]} bare />
      {!isReadOnly && (
        <Button
          size="small"
          variant="ghost"
          icon={<Plus size={14} />}
          onClick={() =>
            void run([addItem(place, newValue(shape.item))], `Add to ${field.title.toLowerCase()}`)
          }
        >
          Add another
        </Button>
      )}
    </>
  );
}

/** The triggers that the format knows: the keys of its form with settings. */
function triggerSpecs({ shape }: FieldSpec): readonly FieldSpec[] {
  if (shape.type !== 'either') return [];
  return shape.options.flatMap((option) => (option.shape.type === 'object' ? option.shape.fields : []));
}
