import type { ComponentType } from 'react';
import type { YamlValue } from '#shared/pipeline/edits/operation.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';

/** A titled part of a form. One with nothing in it is a line that says what could be added. */
export interface FormSection {
  readonly title: string;
  /** What `Add` adds: `retries`, `a time limit`. */
  readonly adds: string;
  /** The keys of the stage or file that it is about, in the order in which they are asked for. */
  readonly keys: readonly string[];
  /** In full also while none of its keys is set. */
  readonly isAlwaysOpen?: boolean;
  /** By key, where the field of its schema does not serve it well. */
  readonly fields?: Readonly<Record<string, ComponentType<SchemaFieldProps>>>;
  /** What adding writes at once; default: what a list or a mapping of its only key begins with. */
  readonly first?: YamlValue;
  /** Stands in place of the fields. */
  readonly content?: ComponentType;
  /** Whether it is of any use for what is edited; what is set is shown in any case. */
  readonly isFor?: (roots: readonly unknown[]) => boolean;
}

/** Whether what is wrong with a key is shown in one of the sections. */
export const hasSection = (sections: readonly FormSection[], key: string): boolean =>
  sections.some(({ keys }) => keys.includes(key));
