import type { FieldPlace } from '../field-place.ts';
import { useFieldEdits } from '../use-field.ts';
import styles from './controls.module.css';

const PRESETS: readonly { readonly label: string; readonly value: string | undefined }[] = [
  { label: 'After success', value: undefined },
  { label: 'Always', value: 'always()' },
  { label: 'After a failure', value: 'failure()' },
  { label: 'On main', value: "git.branch == 'main'" },
];

/** Conditions that one often wants. */
export function ConditionPresets({
  places,
  what,
}: {
  readonly places: readonly FieldPlace[];
  readonly what: string;
}) {
  const { set } = useFieldEdits();
  return (
    <div className={styles['presets']} role="group" aria-label="Conditions that are often wanted">
      {PRESETS.map(({ label, value }) => (
        <button
          key={label}
          type="button"
          className={styles['preset']}
          aria-pressed={places.every((place) => place.value === value)}
          onClick={() => void set(places, value, what)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
