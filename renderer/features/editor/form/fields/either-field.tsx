import { useState } from 'react';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { isUnsupportedAt } from '#shared/pipeline/unsupported.ts';
import { FieldNotes } from '../field-notes.tsx';
import { HelpText } from '../help-text.tsx';
import type { FieldShape, ShapeOf } from '../schema/field-shape.ts';
import { isOfShape } from '../schema/is-of-shape.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { InnerField } from './inner-field.tsx';
import { useField } from '../use-field.ts';
import styles from '../form.module.css';

export interface EitherFieldProps extends SchemaFieldProps {
  readonly shape: ShapeOf<'either'>;
}

/** A value of one of several forms: which one, and then that one's field. */
export function EitherField(props: EitherFieldProps) {
  const { spec, places, shape, bare = false } = props;
  const state = useField(places, false);
  const [picked, setPicked] = useState<number | null>(null);
  const { value } = state;
  const present = shape.options.findIndex((option) => fits(option.shape, value));
  const index = picked ?? Math.max(0, present);
  const chosen = shape.options[index] ?? shape.options[0]!;
  const isOther = present >= 0 && present !== index && value !== undefined;
  const shown = isOther ? places.map((place) => ({ ...place, value: undefined })) : places;
  return (
    <div className={styles['either']} role="group" aria-label={spec.title}>
      {!bare && (
        <div className={styles['labelLine']}>
          <span className={styles['label']} data-set={state.isSet || undefined}>
            {spec.title}
          </span>
        </div>
      )}
      <SegmentedControl
        label={`What ${spec.title.toLowerCase()} is`}
        options={shape.options.flatMap(({ label, shape: form }, at) =>
          at === index || !isAhead(form, places) ? [{ value: String(at), label }] : [],
        )}
        value={String(index)}
        onValueChange={(next) => setPicked(Number(next))}
      />
      {isOther && <p className={styles['preview']}>What you write here takes the place of what is set.</p>}
      {chosen.shape.type === 'object' && <FieldNotes problem={null} issues={state.issues} />}
      <InnerField
        {...props}
        spec={{
          ...spec,
          help: '',
          title: chosen.shape.type === 'object' ? spec.title : chosen.label,
          shape: chosen.shape,
        }}
        places={shown}
        bare
      />
      {!bare && <HelpText text={spec.help} />}
    </div>
  );
}

/** Whether this version does not act on what the form must say: it is shown where it is written, and not offered. */
function isAhead(shape: FieldShape, places: SchemaFieldProps['places']): boolean {
  if (shape.type !== 'object') return false;
  const needed = shape.fields.filter(({ isRequired }) => isRequired);
  return needed.some(({ key }) => places.some(({ path }) => isUnsupportedAt([...path, key])));
}

/** Stricter than showing it: a name of another list is of another form. */
function fits(shape: ShapeOf<'either'>['options'][number]['shape'], value: unknown): boolean {
  if (!isOfShape(shape, value)) return false;
  if (shape.type !== 'object') return true;
  const keys = Object.keys(value ?? {});
  return shape.fields.every(({ isRequired, key }) => !isRequired || keys.includes(key));
}
