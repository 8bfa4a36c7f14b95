import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { MATRIX_SETTINGS } from '#shared/pipeline/matrix-keys.ts';
import { FieldNotes } from '../field-notes.tsx';
import { isMapping, keyPlace } from '../field-place.ts';
import { hasExpression } from '../field-text.ts';
import { TextField } from '../fields/text-field.tsx';
import { YamlField } from '../fields/yaml-field.tsx';
import { useFormData } from '../form-data.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { SchemaField } from '../schema-field.tsx';
import { useField } from '../use-field.ts';
import { MatrixAxis } from './matrix-axis.tsx';
import { MatrixLegsNote } from './matrix-legs-note.tsx';
import { NewAxis } from './new-axis.tsx';
import styles from '../form.module.css';

const NO_SHORT_FORM = { short: null, flag: false };

/** The values that a stage is run for: an axis in a line each, what is added and left out, and what it comes to. */
export function MatrixField(props: SchemaFieldProps) {
  const { spec, places } = props;
  const { isReadOnly, written } = useFormData();
  const state = useField(places, false);
  const [isAdding, setAdding] = useState(false);
  const [place] = places;
  const { value } = state;
  if (hasExpression(value))
    return <TextField {...props} shape={{ type: 'text', control: 'line', pattern: null }} />;
  const isForm = value === undefined || value === null || isMapping(value);
  if (place === undefined || places.length > 1 || !isForm || written.isForeign(place.path))
    return <YamlField {...props} />;
  const axes = Object.keys(isMapping(value) ? value : {}).filter((key) => !MATRIX_SETTINGS.has(key));
  const settings = spec.shape.type === 'object' ? spec.shape.fields : [];
  return (
    <div className={styles['fields']}>
      {state.issues.length > 0 && <FieldNotes problem={null} issues={state.issues} />}
      <div className={styles['axes']} role="group" aria-label="Axes">
        {axes.map((name) => (
          <MatrixAxis key={name} name={name} taken={axes} place={keyPlace(place, NO_SHORT_FORM, name)} />
        ))}
        {!isReadOnly &&
          (isAdding || axes.length === 0 ? (
            <NewAxis place={place} taken={axes} autoFocus={isAdding} onDone={() => setAdding(false)} />
          ) : (
            <Button size="small" variant="ghost" icon={<Plus size={14} />} onClick={() => setAdding(true)}>
              Add axis
            </Button>
          ))}
      </div>
      {isMapping(value) && <MatrixLegsNote matrix={value} />}
      {settings.map((setting) => (
        <SchemaField
          key={setting.key}
          spec={setting}
          places={[keyPlace(place, NO_SHORT_FORM, setting.key)]}
        />
      ))}
    </div>
  );
}
