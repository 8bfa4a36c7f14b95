import { useState } from 'react';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { listOf } from '#shared/pipeline/raw-stages.ts';
import { writeTexts } from '../field-place.ts';
import { FieldRow } from '../field-row.tsx';
import { textOf } from '../field-text.ts';
import { useFormData } from '../form-data.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { useField, useFieldEdits } from '../use-field.ts';
import { useSecretNames } from '../use-project.ts';
import { ChipList } from './chip-list.tsx';
import styles from './controls.module.css';

/** Names of secrets: those that are kept are proposed, those that are not are said. */
export function SecretsField({ spec, places, bare = false }: SchemaFieldProps) {
  const { isReadOnly } = useFormData();
  const { run } = useFieldEdits();
  const state = useField(places);
  const known = useSecretNames();
  const [problem, setProblem] = useState<string | null>(null);
  const names = listOf(state.value).map(textOf);
  const missing = known === null ? [] : names.filter((name) => !known.includes(name));
  return (
    <FieldRow
      spec={{ ...spec, title: 'Secrets' }}
      places={places}
      state={state}
      problem={problem}
      bare={bare}
      group
      note={
        missing.length > 0 && (
          <p className={styles['quiet']}>
            {missing.join(', ')} {missing.length === 1 ? 'is' : 'are'} not kept yet.{' '}
            <RouteLink className={styles['link']} to={{ screen: 'secrets' }}>
              Set secrets
            </RouteLink>
          </p>
        )
      }
    >
      {(ids) => (
        <ChipList
          control={ids}
          label="secrets"
          texts={names}
          suggestions={known ?? []}
          placeholder={state.isMixed ? 'Different values' : names.length > 0 ? undefined : 'Name of a secret'}
          isReadOnly={isReadOnly}
          onChange={(texts) => {
            const operations = places.map((place) => writeTexts(place, texts, true));
            return run(operations, 'Set secrets').then(setProblem);
          }}
        />
      )}
    </FieldRow>
  );
}
