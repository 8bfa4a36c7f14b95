/** How `from` comes to need `to`, at once or by others, both ends included and by the fewest; null when it does not. */
export function wayOfNeeds(
  needsOf: (id: string) => readonly string[],
  from: string,
  to: string,
): readonly string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  const queue = [from];
  for (const id of queue) {
    if (id === to) {
      const way: string[] = [];
      for (let step: string | null = id; step !== null; step = cameFrom.get(step) ?? null) way.unshift(step);
      return way;
    }
    for (const need of needsOf(id)) {
      if (cameFrom.has(need)) continue;
      cameFrom.set(need, id);
      queue.push(need);
    }
  }
  return null;
}
