import { data } from '@actions/expressions';

/** Turns plain data into the library's; what JSON has no word for becomes null. */
export function toData(value: unknown): data.ExpressionData {
  if (typeof value === 'string') return new data.StringData(value);
  if (typeof value === 'number') return new data.NumberData(value);
  if (typeof value === 'boolean') return new data.BooleanData(value);
  if (Array.isArray(value)) {
    const list = new data.Array();
    for (const item of value as unknown[]) list.add(toData(item));
    return list;
  }
  if (typeof value !== 'object' || value === null) return new data.Null();
  const dictionary = new data.Dictionary();
  for (const [key, item] of Object.entries(value)) dictionary.add(key, toData(item));
  return dictionary;
}
