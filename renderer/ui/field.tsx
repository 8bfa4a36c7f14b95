import { useId, type ReactNode } from 'react';
import styles from './field.module.css';

export interface FieldProps {
  readonly label: string;
  /** Says what it is for or what form it has. */
  readonly hint?: ReactNode;
  /** What is wrong and what to do; takes the hint's place. */
  readonly error?: string | undefined;
  readonly optional?: boolean;
  /** For where the place says it (a search box): the label stays for screen readers. */
  readonly hideLabel?: boolean;
  /** Gets the ids and states that the control carries. */
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': true | undefined;
  }) => ReactNode;
}

/** A control with its label above and its hint or error below. */
export function Field({ label, hint, error, optional = false, hideLabel = false, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={hideLabel ? styles['hidden'] : styles['label']}>
        {label}
        {optional && <span className={styles['optional']}>optional</span>}
      </label>
      {children({
        id,
        'aria-describedby': note === undefined ? undefined : `${id}-note`,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {note !== undefined && (
        <div id={`${id}-note`} className={error === undefined ? styles['hint'] : styles['error']}>
          {note}
        </div>
      )}
    </div>
  );
}
