import { useMemo } from 'react';
import { FormContext, useFormData } from '../form-data.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { DEFAULT_SECTIONS } from '../sections/default-sections.ts';
import { FormSections } from '../sections/form-sections.tsx';
import { YamlField } from './yaml-field.tsx';
import styles from './controls.module.css';

/** What holds for all stages: sections as a stage has them, of which only those that say something are open. */
export function DefaultsField(props: SchemaFieldProps) {
  const { spec, places } = props;
  const data = useFormData();
  const within = useMemo(() => ({ ...data, roots: places }), [data, places]);
  const specs = useMemo(
    () => new Map(spec.shape.type === 'object' ? spec.shape.fields.map((field) => [field.key, field]) : []),
    [spec],
  );
  if (places.some(({ path }) => data.written.isForeign(path))) return <YamlField {...props} />;
  return (
    <div className={styles['within']}>
      <FormContext value={within}>
        <FormSections sections={DEFAULT_SECTIONS} specs={specs} />
      </FormContext>
    </div>
  );
}
