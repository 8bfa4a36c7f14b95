import { useMemo } from 'react';
import { valueAt } from '#shared/pipeline/source-map.ts';
import type { EditorStage } from '../../document/analysis.ts';
import { placeAt } from '../field-place.ts';
import { issuesAt, startsWith, type FormData } from '../form-data.ts';
import { readEntry, type WrittenValues } from '../written-values.ts';
import { useFormSource } from './use-form-source.ts';
import { useReadText } from './use-read-text.ts';

/** The form of several stages of this file at once; not to be changed while its text cannot be read. */
export function useStagesForm(stages: readonly EditorStage[]): Omit<FormData, 'filter'> {
  const { root, issues, isReadOnly } = useFormSource();
  const text = useReadText();
  const written = useMemo(
    () =>
      writtenOf(
        stages.map(({ path, start, end }) => ({ path, read: readEntry(text.sliceString(start, end), path) })),
      ),
    [text, stages],
  );
  return useMemo(
    () => ({
      roots: stages.map(({ path }) => placeAt(path, valueAt(root, path))),
      subject: `${stages.length} stages`,
      issues: stages.flatMap(({ path }) => issuesAt(issues, path, true)),
      written,
      isReadOnly: isReadOnly || stages.some(({ isIncluded }) => isIncluded),
    }),
    [stages, root, issues, written, isReadOnly],
  );
}

interface WrittenEntry {
  readonly path: EditorStage['path'];
  readonly read: WrittenValues;
}

/** What is known of each of several entries, asked for by the path of a value. */
function writtenOf(entries: readonly WrittenEntry[]): WrittenValues {
  const entryOf = (path: EditorStage['path']): WrittenValues | undefined =>
    entries.find((entry) => startsWith(path, entry.path))?.read;
  return {
    literal: (path) => entryOf(path)?.literal(path) ?? null,
    isForeign: (path) => entryOf(path)?.isForeign(path) ?? false,
    textAt: (path) => entryOf(path)?.textAt(path) ?? null,
  };
}
