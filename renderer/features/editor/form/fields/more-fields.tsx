import { Plus } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { focusFirst } from '../focus-first.ts';
import { useFormData } from '../form-data.ts';
import type { FieldSpec } from '../schema/field-shape.ts';
import styles from './controls.module.css';

export interface MoreFieldsProps {
  readonly fields: readonly FieldSpec[];
  readonly render: (field: FieldSpec) => ReactNode;
}

/** Fields that are asked for once they are named: a button each. */
export function MoreFields({ fields, render }: MoreFieldsProps) {
  const { isReadOnly } = useFormData();
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const last = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wanted.length > 0) focusFirst(last.current);
  }, [wanted]);
  if (isReadOnly) return null;
  const offered = fields.filter(({ key }) => !wanted.includes(key));
  return (
    <>
      {fields
        .filter(({ key }) => wanted.includes(key))
        .map((field) => (
          <div key={field.key} ref={field.key === wanted.at(-1) ? last : undefined}>
            {render(field)}
          </div>
        ))}
      {offered.length > 0 && (
        <div className={styles['presets']} role="group" aria-label="More settings">
          {offered.map(({ key, title }) => (
            <button
              key={key}
              type="button"
              className={styles['preset']}
              aria-label={`Add ${title.toLowerCase()}`}
              onClick={() => setWanted([...wanted, key])}
            >
              <Plus size={12} aria-hidden />
              {title}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
