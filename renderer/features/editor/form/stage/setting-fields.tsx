import { FieldNotes } from '../field-notes.tsx';
import { type FieldPlace, isMapping, keyPlace } from '../field-place.ts';
import { issuesAt, useFormData } from '../form-data.ts';
import type { FieldSpec } from '../schema/field-shape.ts';
import { fieldWords } from '../schema/field-words.ts';
import { matchesFilter } from '../schema/matches-filter.ts';
import { InnerField } from '../fields/inner-field.tsx';
import styles from '../form.module.css';

const NO_SHORT_FORM = { short: null, flag: false };

export interface SettingFieldsProps {
  /** Those that are known. */
  readonly fields: readonly FieldSpec[];
  /** Of the `with` that holds them. */
  readonly places: readonly FieldPlace[];
  readonly title: string;
}

/** The values of a `with`: those that are asked for, and whatever else is written there. */
export function SettingFields({ fields, places, title }: SettingFieldsProps) {
  const { filter, issues } = useFormData();
  const known = new Set(fields.map(({ key }) => key));
  const foreign = places.flatMap(({ value }) => Object.keys(isMapping(value) ? value : {}));
  const others = [...new Set(foreign)].filter((key) => !known.has(key)).map(plainField);
  const wanted = [...fields, ...others].filter((field) => matchesFilter(filter, fieldWords(field)));
  const wrong = places.flatMap(({ path }) => issuesAt(issues, path, false));
  // A filter that means the section as a whole finds no field of its own.
  const shown = wanted.length === 0 ? [...fields, ...others] : wanted;
  return (
    <div className={styles['fields']} role="group" aria-label={title}>
      {wrong.length > 0 && <FieldNotes problem={null} issues={wrong} />}
      {shown.map((spec) => (
        <InnerField
          key={spec.key}
          spec={spec}
          places={places.map((place) => keyPlace(place, NO_SHORT_FORM, spec.key))}
          expressions
        />
      ))}
    </div>
  );
}

/** A setting that nothing is known of. */
const plainField = (key: string): FieldSpec => ({
  key,
  title: key,
  help: '',
  shape: { type: 'scalar', types: ['string', 'number', 'boolean'] },
  initial: undefined,
  examples: [],
  isRequired: false,
});
