import type { Operation, YamlValue } from '#shared/pipeline/edits/operation.ts';
import type { EditorIssue } from '../document/analysis.ts';
import { usePipelineDocument } from '../document/document-context.ts';
import { whenRead } from '../document/when-read.ts';
import type { FieldPlace } from './field-place.ts';
import { textOf } from './field-text.ts';
import { issuesAt, useFormData } from './form-data.ts';

/** A value of one or of several stages as a form shows it. */
export interface FieldState {
  /** The one that all have; undefined where they differ or have none. */
  readonly value: unknown;
  readonly isMixed: boolean;
  readonly isSet: boolean;
  /** What is written stands for something that is written elsewhere: only the text can change it. */
  readonly isForeign: boolean;
  readonly issues: readonly EditorIssue[];
  /** As the file writes it, where that says more than the value. */
  readonly text: string;
}

/** @param deep whether issues of what is in the value belong here: not for those that have fields of their own */
export function useField(places: readonly FieldPlace[], deep = true): FieldState {
  const { issues, written } = useFormData();
  const [first] = places;
  const shared = JSON.stringify(first?.value);
  const isMixed = places.some(({ value }) => JSON.stringify(value) !== shared);
  const value = isMixed ? undefined : first?.value;
  return {
    value,
    isMixed,
    isSet: places.some((place) => place.value !== undefined),
    isForeign: places.some(({ path }) => written.isForeign(path)),
    issues: places.flatMap(({ path }) => issuesAt(issues, path, deep)),
    text: (isMixed || first === undefined ? null : written.literal(first.path)) ?? textOf(value),
  };
}

export interface FieldEdits {
  /**
   * Makes operations as one step of undo.
   * @param onApplied called when the text has them, before it has been read
   * @returns why they were refused, in one sentence; null once what they wrote has been read again
   */
  readonly run: (
    operations: readonly Operation[],
    label: string,
    onApplied?: () => void,
  ) => Promise<string | null>;
  /** Gives all places a value, or takes it away. @param what the field in words */
  readonly set: (
    places: readonly FieldPlace[],
    value: YamlValue | undefined,
    what: string,
  ) => Promise<string | null>;
}

export function useFieldEdits(): FieldEdits {
  const document = usePipelineDocument();
  const { subject } = useFormData();
  const run: FieldEdits['run'] = async (operations, label, onApplied) => {
    if (operations.length === 0) return null;
    const answer = await document.actions.apply(operations, label);
    if (!answer.ok) return answer.reason;
    onApplied?.();
    // What was typed is shown until then.
    await whenRead(document);
    return null;
  };
  return {
    run,
    set: (places, value, what) => {
      const changed = places.filter((place) => JSON.stringify(place.value) !== JSON.stringify(value));
      const verb = value === undefined ? 'Remove' : 'Set';
      return run(
        changed.map((place) => place.write(value)),
        `${verb} ${what.toLowerCase()} of ${subject}`,
      );
    },
  };
}
