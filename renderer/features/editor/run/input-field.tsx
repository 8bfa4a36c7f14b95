import type { PipelineInput } from '#shared/api/schemas.ts';
import { Checkbox } from '#renderer/ui/checkbox.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';

export interface InputFieldProps {
  readonly input: PipelineInput;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

/** The control that fits an input's type. */
export function InputField({ input, value, error, onChange }: InputFieldProps) {
  const field = {
    label: input.name,
    hint: input.description ?? undefined,
    error,
    optional: !input.required && input.default === null,
  };
  switch (input.type) {
    case 'boolean':
      return (
        <Checkbox
          label={input.name}
          hint={error ?? field.hint}
          checked={value === 'true'}
          onCheckedChange={(checked) => onChange(String(checked))}
        />
      );
    case 'choice':
      return (
        <Select
          {...field}
          options={input.options
            .filter((option) => option !== '')
            .map((option) => ({ value: option, label: option }))}
          value={value === '' ? undefined : value}
          onValueChange={onChange}
        />
      );
    case 'string':
    case 'number':
      return (
        <TextField
          {...field}
          {...(input.type === 'number' ? { inputMode: 'decimal' } : {})}
          value={value}
          onValueChange={onChange}
        />
      );
  }
}
