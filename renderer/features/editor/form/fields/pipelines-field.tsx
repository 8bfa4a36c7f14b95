import { Plus, Workflow } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { useDocumentActions } from '../../document/document-context.ts';
import { entryPlace } from '../field-place.ts';
import { useFormData } from '../form-data.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { useFieldEdits } from '../use-field.ts';
import { NEW_PIPELINE } from '../schema/new-parts.ts';
import { freeName } from './free-name.ts';
import { ItemCard } from './item-card.tsx';
import { NameField } from './name-field.tsx';
import styles from './controls.module.css';

/** The pipelines of the file that stages call, each with the way to its canvas. */
export function PipelinesField({ places, isNew = false }: SchemaFieldProps) {
  const { isReadOnly } = useFormData();
  const { run, set } = useFieldEdits();
  const actions = useDocumentActions();
  const [added, setAdded] = useState<string | null>(null);
  const [place] = places;
  if (place === undefined) return null;
  const names = Object.keys(mappingOf(place.value));
  const add = (): void => {
    const name = freeName('pipeline', names);
    setAdded(name);
    void run(
      [{ type: 'set-field', path: [...place.path, name], value: NEW_PIPELINE }],
      `Add pipeline ${name}`,
    );
  };
  return (
    <div className={styles['cards']} role="group" aria-label="Pipelines">
      {names.map((name) => {
        const entry = entryPlace(place, name);
        const count = Object.keys(mappingOf(mappingOf(entry.value)['stages'])).length;
        return (
          <ItemCard
            key={name}
            title={<code>{name}</code>}
            name={name}
            path={entry.path}
            defaultOpen={isNew || name === added}
            onRemove={() => void set([entry], undefined, `pipeline ${name}`)}
          >
            <NameField
              name={name}
              taken={names}
              keyPattern={null}
              path={entry.path}
              autoFocus={isNew || name === added}
            />
            <Button
              size="small"
              icon={<Workflow size={14} />}
              onClick={() => {
                actions.select([], 'form');
                actions.showScope(name);
              }}
            >
              {count === 1 ? 'Open its stage' : `Open its ${count} stages`}
            </Button>
          </ItemCard>
        );
      })}
      {!isReadOnly && (
        <Button size="small" variant="ghost" icon={<Plus size={14} />} onClick={add}>
          Add pipeline
        </Button>
      )}
    </div>
  );
}
