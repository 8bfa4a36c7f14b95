import { Select } from '#renderer/ui/select.tsx';
import { isUnsupportedAt } from '#shared/pipeline/unsupported.ts';
import { FieldRow } from '../field-row.tsx';
import { hasExpression, textOf } from '../field-text.ts';
import { useFormData } from '../form-data.ts';
import type { ShapeOf } from '../schema/field-shape.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { useField, useFieldEdits } from '../use-field.ts';
import { TextField } from './text-field.tsx';

export interface ChoiceFieldProps extends SchemaFieldProps {
  readonly shape: ShapeOf<'choice'>;
}

/** Stands for no value: no option of a file has a control character. */
const UNSET = '\u0000';

/** One of a few names. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { spec, places, shape, expressions = false, bare = false } = props;
  const { isReadOnly } = useFormData();
  const { set } = useFieldEdits();
  const state = useField(places);
  if (hasExpression(state.value))
    return <TextField {...props} shape={{ type: 'text', control: 'line', pattern: null }} />;
  const value = textOf(state.value);
  const known = value === '' || shape.options.includes(value) ? shape.options : [value, ...shape.options];
  const fallback = spec.initial === undefined ? 'Not set' : `${textOf(spec.initial)} (default)`;
  const isAhead = (option: string): boolean => places.some(({ path }) => isUnsupportedAt([...path, option]));
  const offered = known.filter(
    (option) => option !== '' && (option === value || (option !== spec.initial && !isAhead(option))),
  );
  return (
    <FieldRow
      spec={spec}
      places={places}
      state={state}
      bare={bare}
      group
      expression={
        expressions
          ? { isOn: false, onToggle: () => void set(places, "${{ '" + value + "' }}", spec.title) }
          : undefined
      }
    >
      {() => (
        <Select
          label={spec.title}
          hideLabel
          disabled={isReadOnly}
          options={[
            ...(spec.isRequired && value !== ''
              ? []
              : [{ value: UNSET, label: state.isMixed ? 'Different values' : fallback }]),
            ...offered.map((option) => ({ value: option, label: option })),
          ]}
          value={value === '' ? UNSET : value}
          onValueChange={(next) => void set(places, next === UNSET ? undefined : next, spec.title)}
        />
      )}
    </FieldRow>
  );
}
