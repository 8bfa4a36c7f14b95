import { FileCode } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { FieldRow } from '../field-row.tsx';
import { useFormData } from '../form-data.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { useField } from '../use-field.ts';
import { useShowInText } from '../use-show-in-text.ts';
import styles from './controls.module.css';

/** A value whose form only the text shows: as it is written there, not to be changed here. */
export function YamlField({ spec, places, bare = false }: SchemaFieldProps) {
  const { written } = useFormData();
  const showInText = useShowInText();
  const state = useField(places);
  const [first] = places;
  const text = first === undefined ? null : written.textAt(first.path);
  return (
    <FieldRow spec={spec} places={places} state={state} bare={bare} group>
      {() => (
        <div className={styles['yaml']}>
          {state.isMixed ? (
            <p className={styles['quiet']}>Different values</p>
          ) : (
            <pre className={styles['source']}>{text ?? JSON.stringify(state.value, null, 2)}</pre>
          )}
          <Button
            size="small"
            icon={<FileCode size={14} />}
            onClick={() => showInText(places.map(({ path }) => path))}
          >
            Edit in text
          </Button>
        </div>
      )}
    </FieldRow>
  );
}
