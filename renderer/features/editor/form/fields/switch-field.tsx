import { Switch } from 'radix-ui';
import switchStyles from '#renderer/ui/switch.module.css';
import { FieldRow } from '../field-row.tsx';
import { hasExpression } from '../field-text.ts';
import { useFormData } from '../form-data.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { useField, useFieldEdits } from '../use-field.ts';
import { TextField } from './text-field.tsx';

/** Yes or no, at once. */
export function SwitchField(props: SchemaFieldProps) {
  const { spec, places, expressions = false } = props;
  const { isReadOnly } = useFormData();
  const { set } = useFieldEdits();
  const state = useField(places);
  if (hasExpression(state.value) || typeof state.value === 'string')
    return <TextField {...props} shape={{ type: 'scalar', types: ['boolean', 'string'] }} />;
  const isOn = (state.value ?? spec.initial ?? false) === true;
  return (
    <FieldRow
      spec={spec}
      places={places}
      state={state}
      inline
      expression={
        expressions
          ? { isOn: false, onToggle: () => void set(places, `\${{ ${isOn} }}`, spec.title) }
          : undefined
      }
    >
      {(ids) => (
        <Switch.Root
          {...ids}
          className={switchStyles['track']}
          checked={isOn}
          disabled={isReadOnly}
          onCheckedChange={(next) =>
            void set(places, next === (spec.initial ?? false) ? undefined : next, spec.title)
          }
        >
          <Switch.Thumb className={switchStyles['thumb']} />
        </Switch.Root>
      )}
    </FieldRow>
  );
}
