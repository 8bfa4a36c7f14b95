import { Switch } from '#renderer/ui/switch.tsx';
import { useFormData } from '../form-data.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { useFieldEdits } from '../use-field.ts';

/** Turns on what needs no further settings. */
export function FlagSwitch({ spec, places }: Pick<SchemaFieldProps, 'spec' | 'places'>) {
  const { isReadOnly } = useFormData();
  const { set } = useFieldEdits();
  const isOn = places.every(({ value }) => value !== undefined && value !== null && value !== false);
  return (
    <Switch
      label={spec.title}
      checked={isOn}
      disabled={isReadOnly}
      onCheckedChange={(next) => void set(places, next ? true : undefined, spec.title)}
    />
  );
}
