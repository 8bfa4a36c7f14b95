import { settlePlaces } from '../scene/settle-places.ts';
import { Scene, type Routes } from '../scene/scene.ts';
import { boundsOf, CARD, GAP, type Point } from '../scene/sizes.ts';
import type { StageGraph } from '../scene/stage-graph.ts';
import type { CanvasLayout } from './request-layout.ts';

export const NO_PLACES: Readonly<Record<string, Point>> = {};

/**
 * Puts a layout, perhaps one of an earlier version of the file, and what was moved by hand together. Stages that neither
 * knows stand behind what they need until a layout of them has come.
 */
export function arrange(
  graph: StageGraph,
  layout: CanvasLayout,
  byHand: Readonly<Record<string, Point>>,
): Scene {
  const places = settlePlaces(graph.stages.keys(), withNewStages(graph, layout.places, byHand), byHand);
  return new Scene(places, graph.edges, validRoutes(graph, layout, places));
}

/** The routes of edges whose ends both stand where the layout put them. */
function validRoutes(
  { edges }: StageGraph,
  layout: CanvasLayout,
  places: ReadonlyMap<string, Point>,
): Routes {
  const isStill = (id: string): boolean => {
    const [here, there] = [places.get(id), layout.places.get(id)];
    return here !== undefined && here.x === there?.x && here.y === there.y;
  };
  if (layout.routes.size === 0) return layout.routes;
  const moved = new Set(edges.flatMap(({ source, target }) => [source, target]).filter((id) => !isStill(id)));
  if (moved.size === 0) return layout.routes;
  return new Map([...layout.routes].filter(([key]) => key.split('\n').every((id) => !moved.has(id))));
}

function withNewStages(
  { stages }: StageGraph,
  laidOut: ReadonlyMap<string, Point>,
  byHand: Readonly<Record<string, Point>>,
): ReadonlyMap<string, Point> {
  const fresh = [...stages.values()].filter(({ id }) => !laidOut.has(id) && !Object.hasOwn(byHand, id));
  if (fresh.length === 0) return laidOut;
  const places = new Map(laidOut);
  const renamed = renamedStage(stages, laidOut, fresh);
  if (renamed !== null) return places.set(fresh[0]!.id, renamed);
  const below = (boundsOf(laidOut.values())?.bottom ?? -GAP.y) + GAP.y;
  for (const { id, needs } of fresh) {
    const [need] = needs.flatMap((other) => byHand[other] ?? places.get(other) ?? []);
    places.set(id, need === undefined ? { x: 0, y: below } : { x: need.x + CARD.width + GAP.x, y: need.y });
  }
  return places;
}

/** The place of the one stage that is gone where one other has come: it has got another name. */
function renamedStage(
  stages: StageGraph['stages'],
  laidOut: ReadonlyMap<string, Point>,
  fresh: readonly unknown[],
): Point | null {
  if (fresh.length !== 1 || laidOut.size !== stages.size) return null;
  const gone = [...laidOut].filter(([id]) => !stages.has(id));
  return gone.length === 1 ? gone[0]![1] : null;
}
