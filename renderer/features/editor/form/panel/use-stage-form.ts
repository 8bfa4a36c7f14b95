import { useMemo } from 'react';
import { valueAt } from '#shared/pipeline/source-map.ts';
import type { EditorStage } from '../../document/analysis.ts';
import { placeAt } from '../field-place.ts';
import { issuesAt, type FormData } from '../form-data.ts';
import { readEntry } from '../written-values.ts';
import { useFormSource } from './use-form-source.ts';
import { useReadText } from './use-read-text.ts';

/**
 * The form of one stage as the file has it now. While the text cannot be read, as it was before, and not to be changed;
 * nor is one that stands in an included file.
 */
export function useStageForm({ id, path, start, end, isIncluded }: EditorStage): Omit<FormData, 'filter'> {
  const { root, issues, isReadOnly } = useFormSource();
  const text = useReadText();
  const written = useMemo(() => readEntry(text.sliceString(start, end), path), [text, start, end, path]);
  return useMemo(
    () => ({
      roots: [placeAt(path, valueAt(root, path))],
      subject: id,
      issues: issuesAt(issues, path, true),
      written,
      isReadOnly: isReadOnly || isIncluded,
    }),
    [id, path, isIncluded, root, issues, written, isReadOnly],
  );
}
