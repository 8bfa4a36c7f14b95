/** The most circles that are looked for: after them, the first are the ones to mend. */
const MAX_CYCLES = 20;

/**
 * Finds circles among nodes, each as its nodes in the direction of the edges, starting with the node that comes
 * first in `edges`, without repeating it at the end. Takes time that grows with the number of edges.
 */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map([...edges.keys()].map((node, index) => [node, index] as const));
  const done = new Set<string>();
  const position = new Map<string, number>();
  const cycles: (readonly string[])[] = [];
  for (const root of edges.keys()) {
    if (done.has(root)) continue;
    const path: { readonly node: string; next: number }[] = [{ node: root, next: 0 }];
    position.set(root, 0);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = edges.get(top.node)?.[top.next];
      top.next += 1;
      if (target === undefined) {
        done.add(top.node);
        position.delete(top.node);
        path.pop();
        continue;
      }
      const start = position.get(target);
      if (start !== undefined) {
        cycles.push(
          rotate(
            path.slice(start).map((entry) => entry.node),
            order,
          ),
        );
        if (cycles.length === MAX_CYCLES) return cycles;
      } else if (!done.has(target) && edges.has(target)) {
        position.set(target, path.length);
        path.push({ node: target, next: 0 });
      }
    }
  }
  return cycles;
}

function rotate(cycle: readonly string[], order: ReadonlyMap<string, number>): readonly string[] {
  let first = 0;
  cycle.forEach((node, index) => {
    if (order.get(node)! < order.get(cycle[first]!)!) first = index;
  });
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
