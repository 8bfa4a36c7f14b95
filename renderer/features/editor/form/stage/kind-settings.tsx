import { useMemo } from 'react';
import { FieldNotes } from '../field-notes.tsx';
import type { FieldPlace } from '../field-place.ts';
import { useFormData, issuesAt } from '../form-data.ts';
import { HelpText } from '../help-text.tsx';
import { readFields } from '../schema/read-shape.ts';
import { useKinds } from '../use-project.ts';
import { SettingFields } from './setting-fields.tsx';
import styles from '../form.module.css';

export interface KindSettingsProps {
  /** Of `uses`. */
  readonly kind: readonly FieldPlace[];
  /** Of `with`. */
  readonly places: readonly FieldPlace[];
}

/** What a kind of the catalog asks for. */
export function KindSettings({ kind, places }: KindSettingsProps) {
  const { issues } = useFormData();
  const [name] = kind;
  const known = useKinds().find(({ id }) => id === name?.value);
  const fields = useMemo(() => (known === undefined ? [] : readFields(known.settings)), [known]);
  const wrong = kind.flatMap(({ path }) => issuesAt(issues, path, true));
  return (
    <div className={styles['fields']}>
      {known !== undefined && <HelpText text={known.summary} />}
      {wrong.length > 0 && <FieldNotes problem={null} issues={wrong} />}
      <SettingFields fields={fields} places={places} title="Settings" />
    </div>
  );
}
