import { createContext, useContext } from 'react';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import type { EditorIssue } from '../document/analysis.ts';
import type { FieldPlace } from './field-place.ts';
import type { WrittenValues } from './written-values.ts';

/** What a form edits, and what is known of it. */
export interface FormData {
  /** The mappings that it edits at once: those of the chosen stages, or the file. */
  readonly roots: readonly FieldPlace[];
  /** What they are in words: `unit`, `3 stages`, `the file`. */
  readonly subject: string;
  /** Those within the roots. */
  readonly issues: readonly EditorIssue[];
  readonly written: WrittenValues;
  readonly isReadOnly: boolean;
  /** What the filter wants, in lower case; '' for everything. */
  readonly filter: string;
}

export const FormContext = createContext<FormData | null>(null);

export function useFormData(): FormData {
  const data = useContext(FormContext);
  if (data === null) throw new Error('A field needs a FormContext around it.');
  return data;
}

export const startsWith = (path: ValuePath, start: ValuePath): boolean =>
  start.length <= path.length && start.every((step, index) => step === path[index]);

/** Those at a value; `deep`: also those at what is in it. */
export const issuesAt = (
  issues: readonly EditorIssue[],
  path: ValuePath,
  deep: boolean,
): readonly EditorIssue[] =>
  issues.filter(({ valuePath }) => startsWith(valuePath, path) && (deep || valuePath.length === path.length));
