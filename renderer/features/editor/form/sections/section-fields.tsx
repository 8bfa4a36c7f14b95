import { keyPlace } from '../field-place.ts';
import { useFormData } from '../form-data.ts';
import type { FieldSpec } from '../schema/field-shape.ts';
import { SchemaField } from '../schema-field.tsx';
import type { FormSection } from './form-section.ts';
import styles from '../form.module.css';

const NO_SHORT_FORM = { short: null, flag: false };

export interface SectionFieldsProps {
  readonly section: FormSection;
  readonly fields: readonly FieldSpec[];
  /** What it holds has just been added. */
  readonly isNew: boolean;
}

/** What a section asks for; the only field of one goes without a label, which the section's title is. */
export function SectionFields({ section, fields, isNew }: SectionFieldsProps) {
  const { roots } = useFormData();
  const { content: Content } = section;
  if (Content !== undefined) return <Content />;
  return (
    <div className={styles['fields']}>
      {fields.map((spec) => {
        const Field = section.fields?.[spec.key] ?? SchemaField;
        const places = roots.map((root) => keyPlace(root, NO_SHORT_FORM, spec.key));
        return (
          <Field key={spec.key} spec={spec} places={places} bare={section.keys.length === 1} isNew={isNew} />
        );
      })}
    </div>
  );
}
