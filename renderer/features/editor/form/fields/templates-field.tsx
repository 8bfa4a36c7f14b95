import { FileCode, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { listOf, mappingOf, stageSetsOf } from '#shared/pipeline/raw-stages.ts';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { entryPlace } from '../field-place.ts';
import { useFormData } from '../form-data.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { useFieldEdits } from '../use-field.ts';
import { NEW_TEMPLATE } from '../schema/new-parts.ts';
import { freeName } from './free-name.ts';
import { ItemCard } from './item-card.tsx';
import { NameField } from './name-field.tsx';
import { useShowInText } from '../use-show-in-text.ts';
import styles from './controls.module.css';

const selectRoot = ({ analysis }: DocumentState): { readonly root: unknown } => ({ root: analysis?.value });

/** Parts of stages by their names: what each sets, and how many stages take it over. */
export function TemplatesField({ places, isNew = false }: SchemaFieldProps) {
  const { isReadOnly } = useFormData();
  const { run, set } = useFieldEdits();
  const showInText = useShowInText();
  const { root } = useDocument(selectRoot);
  const [added, setAdded] = useState<string | null>(null);
  const [place] = places;
  if (place === undefined) return null;
  const names = Object.keys(mappingOf(place.value));
  const add = (): void => {
    const name = freeName('template', names);
    setAdded(name);
    void run(
      [{ type: 'set-field', path: [...place.path, name], value: NEW_TEMPLATE }],
      `Add template ${name}`,
    );
  };
  return (
    <div className={styles['cards']} role="group" aria-label="Templates">
      {names.map((name) => {
        const entry = entryPlace(place, name);
        const keys = Object.keys(mappingOf(entry.value));
        return (
          <ItemCard
            key={name}
            title={<code>{name}</code>}
            name={name}
            path={entry.path}
            defaultOpen={isNew || name === added}
            onRemove={() => void set([entry], undefined, `template ${name}`)}
          >
            <NameField
              name={name}
              taken={names}
              keyPattern={null}
              path={entry.path}
              autoFocus={isNew || name === added}
            />
            <p className={styles['quiet']}>
              {keys.length === 0 ? 'It sets nothing yet' : `It sets ${keys.join(', ')}`}
              {`, and ${usersOf(root, name)}.`}
            </p>
            <Button size="small" icon={<FileCode size={14} />} onClick={() => showInText([entry.path])}>
              Edit in text
            </Button>
          </ItemCard>
        );
      })}
      {!isReadOnly && (
        <Button size="small" variant="ghost" icon={<Plus size={14} />} onClick={add}>
          Add template
        </Button>
      )}
    </div>
  );
}

function usersOf(root: unknown, template: string): string {
  const templates = Object.values(mappingOf(mappingOf(root)['templates']));
  const stages = [...stageSetsOf(root).flatMap((set) => Object.values(set.stages)), ...templates];
  const count = stages.filter((stage) => listOf(mappingOf(stage)['extends']).includes(template)).length;
  if (count === 0) return 'no stage takes it over';
  return count === 1 ? 'one stage takes it over' : `${count} stages take it over`;
}
