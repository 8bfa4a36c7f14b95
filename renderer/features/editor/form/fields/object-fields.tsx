import { useField } from '../use-field.ts';
import { useFormData } from '../form-data.ts';
import { FieldNotes } from '../field-notes.tsx';
import { keyPlace } from '../field-place.ts';
import { HelpText } from '../help-text.tsx';
import type { ShapeOf } from '../schema/field-shape.ts';
import { SchemaField, type SchemaFieldProps } from '../schema-field.tsx';
import { matchesFilter } from '../schema/matches-filter.ts';
import { FlagSwitch } from './flag-switch.tsx';
import styles from '../form.module.css';

export interface ObjectFieldsProps extends SchemaFieldProps {
  readonly shape: ShapeOf<'object'>;
}

/** The keys of an object, one below the other. */
export function ObjectFields({ spec, places, shape, expressions = false, bare = false }: ObjectFieldsProps) {
  const { filter } = useFormData();
  const { issues } = useField(places, false);
  const isWanted = matchesFilter(filter, spec.title, spec.key, spec.help);
  const shown = isWanted
    ? shape.fields
    : shape.fields.filter(({ title, key, help }) => matchesFilter(filter, title, key, help));
  return (
    <div
      className={bare ? styles['fields'] : styles['nested']}
      role={bare ? undefined : 'group'}
      aria-label={bare ? undefined : spec.title}
    >
      {!bare && (
        <div className={styles['groupHead']}>
          <span className={styles['label']}>{spec.title}</span>
          <HelpText text={spec.help} />
        </div>
      )}
      {issues.length > 0 && <FieldNotes problem={null} issues={issues} />}
      {shape.flag && <FlagSwitch spec={spec} places={places} />}
      {shown.map((field) => (
        <SchemaField
          key={field.key}
          spec={field}
          places={places.map((place) => keyPlace(place, shape, field.key))}
          expressions={expressions}
        />
      ))}
    </div>
  );
}
