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

/** Turns the library's data back into plain data. */
export function fromData(value: data.ExpressionData): unknown {
  if (
    value instanceof data.StringData ||
    value instanceof data.NumberData ||
    value instanceof data.BooleanData
  )
    return value.value;
  if (value instanceof data.Array) return value.values().map(fromData);
  if (value instanceof data.Dictionary)
    return Object.fromEntries(value.pairs().map((pair) => [pair.key, fromData(pair.value)]));
  return null;
}

/** Whether a value counts as true: all but `false`, `0`, an empty text and nothing, as on GitHub. */
export function isTruthy(value: data.ExpressionData): boolean {
  if (value instanceof data.Array || value instanceof data.Dictionary) return true;
  const plain = fromData(value);
  return plain !== null && plain !== false && plain !== '' && plain !== 0 && !Number.isNaN(plain);
}
