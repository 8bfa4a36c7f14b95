import { useMemo } from 'react';
import { valueAt, type ValuePath } from '#shared/pipeline/source-map.ts';
import { placeAt } from '../field-place.ts';
import { issuesAt, type FormData } from '../form-data.ts';
import { pipelinesText, readWritten, settingsText } from '../written-values.ts';
import { useFormSource } from './use-form-source.ts';
import { useReadText } from './use-read-text.ts';

/** The form of the file itself, or of one of its pipelines; without what its stages say. */
export function useFileForm(scope: string | null): Omit<FormData, 'filter'> {
  const { root, issues, isReadOnly } = useFormSource();
  const text = useReadText();
  const written = useMemo(() => {
    const whole = text.toString();
    return readWritten(scope === null ? settingsText(whole) : pipelinesText(whole));
  }, [text, scope]);
  return useMemo(() => {
    const path: ValuePath = scope === null ? [] : ['pipelines', scope];
    return {
      roots: [placeAt(path, valueAt(root, path))],
      subject: scope ?? 'the file',
      issues: issuesAt(
        issues.filter(({ stage }) => stage === null),
        path,
        true,
      ),
      written,
      isReadOnly,
    };
  }, [scope, root, issues, written, isReadOnly]);
}
