import styles from './controls.module.css';

export interface OptionChipsProps {
  readonly options: readonly string[];
  readonly chosen: readonly string[];
  /** Those that hold while none is chosen. */
  readonly initial: readonly string[];
  readonly isReadOnly: boolean;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Any of a few names; written in the order in which they are offered. */
export function OptionChips({ options, chosen, initial, isReadOnly, onChange }: OptionChipsProps) {
  const shown = chosen.length === 0 ? initial : chosen;
  return (
    <div className={styles['presets']}>
      {options.map((option) => (
        <button
          key={option}
          type="button"
          className={styles['preset']}
          aria-pressed={shown.includes(option)}
          data-implied={chosen.length === 0 || undefined}
          disabled={isReadOnly}
          onClick={() =>
            onChange(
              options.filter((name) => (name === option ? !shown.includes(name) : shown.includes(name))),
            )
          }
        >
          {option}
        </button>
      ))}
    </div>
  );
}
