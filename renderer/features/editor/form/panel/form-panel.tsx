import { useMemo, useState, type ReactNode } from 'react';
import { SearchField } from '#renderer/ui/search-field.tsx';
import { FieldContext } from '../fields/inner-field.tsx';
import { FormContext, type FormData } from '../form-data.ts';
import type { FieldSpec } from '../schema/field-shape.ts';
import { SchemaField, type SchemaFieldProps } from '../schema-field.tsx';
import type { FormSection } from '../sections/form-section.ts';
import { FormSections } from '../sections/form-sections.tsx';
import { useRevealedField } from './use-revealed-field.ts';
import styles from '../form.module.css';

const makeField = (props: SchemaFieldProps): ReactNode => <SchemaField {...props} />;

export interface FormPanelProps {
  /** Names it for a screen reader. */
  readonly label: string;
  /** Above the filter, within the form: it may hold fields. */
  readonly header: ReactNode;
  readonly data: Omit<FormData, 'filter'>;
  readonly sections: readonly FormSection[];
  /** What is known of each key of the roots. */
  readonly specs: ReadonlyMap<string, FieldSpec>;
}

/** A form: what it is about, a filter, and below it the sections. Give it a key that names what it edits. */
export function FormPanel({ label, header, data, sections, specs }: FormPanelProps) {
  const [filter, setFilter] = useState('');
  const panel = useRevealedField();
  const form = useMemo(() => ({ ...data, filter: filter.trim().toLowerCase() }), [data, filter]);
  const whole = useMemo(() => ({ ...data, filter: '' }), [data]);
  return (
    <section ref={panel} className={styles['panel']} aria-label={label}>
      <FieldContext value={makeField}>
        <FormContext value={whole}>{header}</FormContext>
        <div className={styles['filter']}>
          <SearchField label="Find a setting" value={filter} onValueChange={setFilter} />
        </div>
        <FormContext value={form}>
          <FormSections sections={sections} specs={specs} />
        </FormContext>
      </FieldContext>
    </section>
  );
}
