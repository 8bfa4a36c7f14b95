import { useMemo } from 'react';
import { isUnsupportedAt } from '#shared/pipeline/unsupported.ts';
import { FieldNotes } from '../field-notes.tsx';
import { isMapping, keyPlace } from '../field-place.ts';
import { FormContext, useFormData } from '../form-data.ts';
import { HelpText } from '../help-text.tsx';
import type { FieldSpec, ShapeOf } from '../schema/field-shape.ts';
import { fieldWords } from '../schema/field-words.ts';
import { matchesFilter } from '../schema/matches-filter.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { InnerField } from './inner-field.tsx';
import { KindSettings } from '../stage/kind-settings.tsx';
import { useField } from '../use-field.ts';
import { FlagSwitch } from './flag-switch.tsx';
import { MoreFields } from './more-fields.tsx';
import styles from '../form.module.css';

export interface ObjectFieldsProps extends SchemaFieldProps {
  readonly shape: ShapeOf<'object'>;
}

/** The keys of an object, one below the other. */
export function ObjectFields({ spec, places, shape, expressions = false, bare = false }: ObjectFieldsProps) {
  const data = useFormData();
  const { filter } = data;
  const unfiltered = useMemo(() => ({ ...data, filter: '' }), [data]);
  const { issues } = useField(places, false);
  const isMeant = matchesFilter(filter, spec.title, spec.key, spec.help);
  const isSet = ({ key }: FieldSpec): boolean =>
    places.some((place) => keyPlace(place, shape, key).value !== undefined);
  const asked = shape.fields.filter(
    (field) => isSet(field) || !(isRuledOut(shape, places, field) || isAhead(places, field)),
  );
  const shown = isMeant ? asked : asked.filter((field) => matchesFilter(filter, fieldWords(field)));
  const isFolded = (field: FieldSpec): boolean => filter === '' && field.isRare === true && !isSet(field);

  const placesOf = (key: string) => places.map((place) => keyPlace(place, shape, key));
  const render = (field: FieldSpec) =>
    field.key === 'with' && doesWork(shape) ? (
      <KindSettings key={field.key} kind={placesOf('uses')} places={placesOf('with')} />
    ) : (
      <InnerField key={field.key} spec={field} places={placesOf(field.key)} expressions={expressions} />
    );
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
      <FormContext value={isMeant ? unfiltered : data}>
        {shown.filter((field) => !isFolded(field)).map(render)}
        <MoreFields fields={shown.filter(isFolded)} render={render} />
      </FormContext>
    </div>
  );
}

/** Whether the keys are those of a step: a script, or a kind with its settings. */
const doesWork = ({ fields }: ShapeOf<'object'>): boolean =>
  ['run', 'uses', 'with'].every((key) => fields.some((field) => field.key === key));

/** Whether this version does not act on the key yet: it is shown where it is written, and not offered. */
const isAhead = (places: SchemaFieldProps['places'], { key }: FieldSpec): boolean =>
  places.some(({ path }) => isUnsupportedAt([...path, key]));

/** A step has a script or a kind: with the one there is no asking for the other. */
function isRuledOut(
  shape: ShapeOf<'object'>,
  places: SchemaFieldProps['places'],
  { key }: FieldSpec,
): boolean {
  if (!doesWork(shape)) return false;
  const has = (other: string): boolean =>
    places.some(({ value }) => isMapping(value) && value[other] !== undefined);
  if (key === 'run') return has('uses');
  return (key === 'uses' && has('run')) || (key === 'with' && !has('uses'));
}
