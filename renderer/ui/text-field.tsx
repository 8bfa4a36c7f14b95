import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import type { ControlSize } from './button.tsx';
import { Field, type FieldProps } from './field.tsx';
import styles from './field.module.css';

type Shared = Omit<FieldProps, 'children'> & {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** In the code typeface: paths, commands, keys. */
  readonly mono?: boolean;
};

export type TextFieldProps = Shared &
  Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'size' | 'id'> & {
    readonly size?: ControlSize;
    /** 14 px, inside, before the text. */
    readonly leading?: ReactNode;
    readonly trailing?: ReactNode;
  };

/** One line of text. `type="number"` and `type="password"` too. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    hint,
    error,
    optional,
    hideLabel,
    value,
    onValueChange,
    mono,
    size,
    leading,
    trailing,
    ...input
  } = props;
  return (
    <Field {...{ label, hint, error, optional, hideLabel }}>
      {(control) => (
        <div className={styles['box']} data-size={size} data-invalid={control['aria-invalid']}>
          {leading}
          <input
            spellCheck={false}
            autoComplete="off"
            {...input}
            {...control}
            className={classNames(styles['input'], mono && styles['mono'])}
            value={value}
            onChange={(event) => onValueChange(event.target.value)}
          />
          {trailing}
        </div>
      )}
    </Field>
  );
}

export type TextAreaProps = Shared & Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'id'>;

/** Several lines of text. */
export function TextArea(props: TextAreaProps) {
  const { label, hint, error, optional, hideLabel, value, onValueChange, mono, ...area } = props;
  return (
    <Field {...{ label, hint, error, optional, hideLabel }}>
      {(control) => (
        <textarea
          spellCheck={false}
          {...area}
          {...control}
          className={classNames(styles['box'], styles['area'], mono && styles['mono'])}
          value={value}
          onChange={(event) => onValueChange(event.target.value)}
        />
      )}
    </Field>
  );
}
