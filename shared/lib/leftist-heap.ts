/**
 * An immutable priority queue (a leftist heap: Crane 1972; Okasaki, "Purely Functional Data Structures", 3.1).
 * Insert and removal of the first cost O(log n) and leave the old heap valid.
 */
export interface Heap {
  /** Larger first. */
  readonly priority: number;
  /** What was queued; among equal priorities the smaller value comes first. */
  readonly value: number;
  readonly rank: number;
  readonly left: Heap | null;
  readonly right: Heap | null;
}

function isBefore(a: Heap, b: Heap): boolean {
  return a.priority > b.priority || (a.priority === b.priority && a.value < b.value);
}

function merge(a: Heap | null, b: Heap | null): Heap | null {
  if (a === null) return b;
  if (b === null) return a;
  const [top, other] = isBefore(a, b) ? [a, b] : [b, a];
  const merged = merge(top.right, other);
  const leftRank = top.left?.rank ?? 0;
  const mergedRank = merged?.rank ?? 0;
  return leftRank >= mergedRank
    ? { priority: top.priority, value: top.value, rank: mergedRank + 1, left: top.left, right: merged }
    : { priority: top.priority, value: top.value, rank: leftRank + 1, left: merged, right: top.left };
}

export function heapInsert(heap: Heap | null, priority: number, value: number): Heap {
  const single: Heap = { priority, value, rank: 1, left: null, right: null };
  return merge(heap, single) ?? single;
}

export function heapWithoutFirst(heap: Heap): Heap | null {
  return merge(heap.left, heap.right);
}
