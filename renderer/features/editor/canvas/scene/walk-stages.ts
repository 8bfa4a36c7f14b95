import type { Arrow } from '#renderer/ui/pipeline-graph/walk-graph.ts';
import type { Point } from './sizes.ts';
import type { StageGraph } from './stage-graph.ts';

type Places = ReadonlyMap<string, Point>;

/**
 * Where an arrow key goes: left and right along an edge, to the end that is nearest in height; up and down, and where no
 * edge leads that way, to the nearest stage there.
 * @param from null when nothing is chosen: the walk begins at the upper left
 * @returns null when there is nothing that way
 */
export function walkStages(
  graph: StageGraph,
  places: Places,
  from: string | null,
  arrow: Arrow,
): string | null {
  const here = from === null ? undefined : places.get(from);
  if (from === null || here === undefined) return firstStage(places);
  if (arrow === 'ArrowLeft' || arrow === 'ArrowRight') {
    const ends = arrow === 'ArrowRight' ? (graph.dependents.get(from) ?? []) : graph.stages.get(from)!.needs;
    const next = nearest(places, ends, (place) => Math.abs(place.y - here.y));
    if (next !== null) return next;
  }
  return walkNear(places, from, arrow);
}

/** As `walkStages`, without regard to edges: to the nearest stage that way. */
export function walkNear(places: Places, from: string | null, arrow: Arrow): string | null {
  const here = from === null ? undefined : places.get(from);
  if (from === null || here === undefined) return firstStage(places);
  const axis = arrow === 'ArrowLeft' || arrow === 'ArrowRight' ? 'x' : 'y';
  const across = axis === 'x' ? 'y' : 'x';
  const sign = arrow === 'ArrowRight' || arrow === 'ArrowDown' ? 1 : -1;
  let best: string | null = null;
  let least = Infinity;
  for (const [id, place] of places) {
    const ahead = (place[axis] - here[axis]) * sign;
    if (ahead <= 1) continue;
    // A step aside counts for more than any distance straight on.
    const distance = ahead + 4 * Math.abs(place[across] - here[across]);
    if (distance >= least) continue;
    best = id;
    least = distance;
  }
  return best;
}

/** The leftmost stage, of several the uppermost. */
export function firstStage(places: Places): string | null {
  let first: string | null = null;
  let at: Point = { x: Infinity, y: Infinity };
  for (const [id, place] of places) {
    if (place.x > at.x || (place.x === at.x && place.y >= at.y)) continue;
    first = id;
    at = place;
  }
  return first;
}

function nearest(places: Places, ids: readonly string[], distance: (place: Point) => number): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const id of ids) {
    const place = places.get(id);
    const length = place === undefined ? Infinity : distance(place);
    if (length >= least) continue;
    best = id;
    least = length;
  }
  return best;
}
