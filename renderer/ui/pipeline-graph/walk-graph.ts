import type { GraphLayout, Point } from './layout-graph.ts';

const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const;
export type Arrow = (typeof ARROWS)[number];

export const isArrow = (key: string): key is Arrow => (ARROWS as readonly string[]).includes(key);

/**
 * Where an arrow key goes: left and right along an edge, to the end that is nearest in height; up and down to the next
 * stage of the same column, or else the nearest one in that direction.
 * @param from null when nothing is selected: the walk begins at the first stage
 * @returns null when there is nothing that way
 */
export function walkGraph(layout: GraphLayout, from: string | null, arrow: Arrow): string | null {
  const here = from === null ? undefined : layout.nodes.get(from);
  if (from === null || here === undefined) return firstOf(layout);
  if (arrow === 'ArrowLeft' || arrow === 'ArrowRight') {
    const ends = layout.edges.flatMap(({ source, target }) => {
      if (arrow === 'ArrowRight') return source === from ? [target] : [];
      return target === from ? [source] : [];
    });
    return nearest(layout, ends, (place) => Math.abs(place.y - here.y));
  }
  const sign = arrow === 'ArrowDown' ? 1 : -1;
  const beyond = [...layout.nodes.keys()].filter((id) => (layout.nodes.get(id)!.y - here.y) * sign > 1);
  return nearest(
    layout,
    beyond,
    // A step aside counts for more than any distance in the column.
    (place) => Math.abs(place.y - here.y) + 4 * Math.abs(place.x - here.x),
  );
}

function firstOf({ nodes }: GraphLayout): string | null {
  let first: string | null = null;
  let place: Point = { x: Infinity, y: Infinity };
  for (const [id, at] of nodes) {
    if (at.x > place.x || (at.x === place.x && at.y >= place.y)) continue;
    first = id;
    place = at;
  }
  return first;
}

function nearest(
  { nodes }: GraphLayout,
  ids: readonly string[],
  distance: (place: Point) => number,
): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const id of ids) {
    const length = distance(nodes.get(id)!);
    if (length >= least) continue;
    best = id;
    least = length;
  }
  return best;
}
