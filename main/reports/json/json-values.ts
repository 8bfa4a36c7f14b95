/** Values of a JSON document that someone else wrote: each is looked at before it is believed. */
export type JsonRecord = Readonly<Record<string, unknown>>;

const NOTHING: JsonRecord = {};

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An empty record for anything else. */
export const recordOf = (value: unknown): JsonRecord => (isRecord(value) ? value : NOTHING);

/** An own property; never one that every object has, such as `constructor`. */
export const own = (record: JsonRecord, key: string): unknown =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** An empty list for anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The records of a list; what is none is passed over. */
export const recordsOf = (value: unknown): readonly JsonRecord[] => listOf(value).filter(isRecord);

/** Null for a blank text and for anything else. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null;

/** A whole number of at least 1; null for anything else. */
export const placeOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : null;

/** A whole number of at least 0, as an index is; null for anything else. */
export const indexOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
