/** Whether all words of a filter are in some of the texts; an empty filter wants everything. */
export function matchesFilter(filter: string, ...texts: readonly string[]): boolean {
  const within = texts.join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => within.includes(word));
}
