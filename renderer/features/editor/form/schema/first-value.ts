import type { YamlValue } from '#shared/pipeline/edits/operation.ts';
import type { FieldSpec } from './field-shape.ts';
import { newItem, newValue } from './new-value.ts';

/** `Inputs`: `input`; `Values to keep`: as it is. */
export const wordForOne = ({ title }: Pick<FieldSpec, 'title'>): string =>
  title.toLowerCase().replace(/s$/, '');

/** What one of several things is called at first, by the word for it. */
export const firstName = (word: string): string => word.split(' ').at(-1) ?? word;

/** What a list, or a mapping of things by their names, begins with; null for what is asked for by a field of its own. */
export function firstValue(spec: FieldSpec): YamlValue | null {
  const { shape } = spec;
  if (shape.type === 'list') return [newItem(spec, shape.item)];
  if (shape.type !== 'map' || shape.value.type !== 'object') return null;
  return { [firstName(wordForOne(spec))]: newValue(shape.value) };
}
