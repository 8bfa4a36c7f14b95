const BITS = 7;
const SIZE = 1 << BITS;
const MASK = SIZE - 1;

/**
 * A fixed-length immutable list in which replacing one item copies two short arrays instead of all items.
 * A run of 10,000 stages changes state some 40,000 times; this keeps each change near constant.
 */
export interface Chunked<T> {
  readonly length: number;
  readonly chunks: readonly (readonly T[])[];
}

export function chunkedFrom<T>(items: readonly T[]): Chunked<T> {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += SIZE) chunks.push(items.slice(start, start + SIZE));
  return { length: items.length, chunks };
}

/** @throws RangeError when `index` is outside of the list */
export function chunkedGet<T>(list: Chunked<T>, index: number): T {
  const item = list.chunks[index >> BITS]?.[index & MASK];
  if (item === undefined) throw new RangeError(`No item ${index} in a list of ${list.length}`);
  return item;
}

/** A list equal to `list` but for one item; the other chunks are shared. */
export function chunkedWith<T>(list: Chunked<T>, index: number, item: T): Chunked<T> {
  const chunks = list.chunks.slice();
  const chunk = chunks[index >> BITS]?.slice();
  if (!chunk) throw new RangeError(`No item ${index} in a list of ${list.length}`);
  chunk[index & MASK] = item;
  chunks[index >> BITS] = chunk;
  return { length: list.length, chunks };
}

export function chunkedToArray<T>(list: Chunked<T>): T[] {
  return list.chunks.flat();
}
