import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import type { ControlSize } from './button.tsx';
import { Field, type FieldProps } from './field.tsx';
import fieldStyles from './field.module.css';
import floatStyles from './float.module.css';
import styles from './select.module.css';

export interface SelectOption<Value extends string> {
  /** Not empty. */
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
}

export interface SelectProps<Value extends string> extends Omit<FieldProps, 'children'> {
  readonly options: readonly SelectOption<Value>[];
  readonly value: Value | undefined;
  readonly onValueChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly size?: ControlSize;
  readonly disabled?: boolean;
}

/** One of a fixed list. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onValueChange, placeholder = 'Choose', size, disabled = false, ...field } = props;
  return (
    <Field {...field}>
      {(control) => (
        <Radix.Root
          value={value ?? ''}
          disabled={disabled}
          onValueChange={(next) => {
            const option = options.find((candidate) => candidate.value === next);
            if (option !== undefined) onValueChange(option.value);
          }}
        >
          <Radix.Trigger
            {...control}
            className={classNames(fieldStyles['box'], styles['trigger'])}
            data-size={size}
            data-invalid={control['aria-invalid']}
          >
            <span className={styles['value']}>
              <Radix.Value placeholder={placeholder} />
            </span>
            <ChevronDown size={14} />
          </Radix.Trigger>
          <Radix.Portal>
            <Radix.Content
              className={classNames(floatStyles['surface'], styles['content'])}
              position="popper"
              sideOffset={4}
              collisionPadding={8}
            >
              <Radix.Viewport>
                {options.map((option) => (
                  <Radix.Item
                    key={option.value}
                    value={option.value}
                    disabled={option.disabled ?? false}
                    className={floatStyles['item']}
                  >
                    <span className={floatStyles['check']}>
                      <Radix.ItemIndicator>
                        <Check size={14} />
                      </Radix.ItemIndicator>
                    </span>
                    {option.icon}
                    <Radix.ItemText>{option.label}</Radix.ItemText>
                  </Radix.Item>
                ))}
              </Radix.Viewport>
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
      )}
    </Field>
  );
}
