import { useMemo } from 'react';
import { isUnsupportedAt } from '#shared/pipeline/unsupported.ts';
import { isMapping } from '../field-place.ts';
import { FormContext, useFormData } from '../form-data.ts';
import type { FieldSpec } from '../schema/field-shape.ts';
import { fieldWords } from '../schema/field-words.ts';
import { matchesFilter } from '../schema/matches-filter.ts';
import type { FormSection } from './form-section.ts';
import { SectionView } from './section-view.tsx';
import styles from '../form.module.css';

export interface FormSectionsProps {
  readonly sections: readonly FormSection[];
  /** What is known of each key. */
  readonly specs: ReadonlyMap<string, FieldSpec>;
}

/** The sections of a form, or those of them that the filter wants. */
export function FormSections({ sections, specs }: FormSectionsProps) {
  const data = useFormData();
  const { filter, roots } = data;
  const unfiltered = useMemo(() => ({ ...data, filter: '' }), [data]);
  const shown = sections.flatMap((section) => {
    const values = roots.map(({ value }) => (isMapping(value) ? value : {}));
    const isWritten = (key: string): boolean => values.some((value) => value[key] !== undefined);
    const fields = section.keys
      .filter((key) => isWritten(key) || !roots.some(({ path }) => isUnsupportedAt([...path, key])))
      .flatMap((key) => specs.get(key) ?? []);
    const isSet = section.keys.some(isWritten);
    if (!isSet && section.isFor?.(values) === false) return [];
    const isMeant = matchesFilter(filter, section.title, section.adds);
    const wanted = isMeant ? fields : fields.filter((field) => matchesFilter(filter, fieldWords(field)));
    return wanted.length === 0 ? [] : [{ section, fields: wanted, isSet, isMeant }];
  });
  if (shown.length === 0) return <p className={styles['nothing']}>No setting is about “{filter}”.</p>;
  return shown.map(({ section, fields, isSet, isMeant }) => (
    <FormContext key={section.title} value={isMeant ? unfiltered : data}>
      <SectionView section={section} fields={fields} isSet={isSet} isFound={filter !== ''} />
    </FormContext>
  ));
}
