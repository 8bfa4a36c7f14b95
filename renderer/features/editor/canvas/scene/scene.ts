import Flatbush from 'flatbush';
import { distanceToLine, edgeLine, lineBox } from './edge-line.ts';
import { boundsOf, boxOf, CARD, type Box, type Point } from './sizes.ts';
import { edgeKey, type EdgeRef } from './stage-graph.ts';

/** The line of an edge as it is drawn. */
export interface SceneEdge extends EdgeRef {
  readonly points: readonly Point[];
}

/** Routes that a layout found, by `edgeKey`; they hold while both ends stand where it put them. */
export type Routes = ReadonlyMap<string, { readonly points: readonly Point[] }>;

/**
 * Where everything stands, with an index that finds what lies in a box or under a point. Built once per arrangement; a
 * look-up costs the logarithm of the number of stages and what it finds.
 */
export class Scene {
  /** Top left corners by stage. */
  readonly places: ReadonlyMap<string, Point>;
  readonly edges: readonly SceneEdge[];
  /** Null without stages. */
  readonly bounds: Box | null;
  readonly #ids: readonly string[];
  readonly #cards: Flatbush | null;
  readonly #lines: Flatbush | null;
  readonly #edgesOf = new Map<string, SceneEdge[]>();

  /** @param routes left out: lines in right angles */
  constructor(places: ReadonlyMap<string, Point>, edges: readonly EdgeRef[], routes?: Routes) {
    this.places = places;
    this.bounds = boundsOf(places.values());
    this.#ids = [...places.keys()];
    this.edges = edges.flatMap((edge): SceneEdge[] => {
      const [from, to] = [places.get(edge.source), places.get(edge.target)];
      if (from === undefined || to === undefined) return [];
      const points = routes?.get(edgeKey(edge))?.points ?? edgeLine(from, to);
      return [{ source: edge.source, target: edge.target, points }];
    });
    this.#cards = indexOf([...places.values()].map(boxOf));
    this.#lines = indexOf(this.edges.map(({ points }) => lineBox(points)));
    for (const edge of this.edges) {
      for (const id of [edge.source, edge.target]) {
        const list = this.#edgesOf.get(id);
        if (list === undefined) this.#edgesOf.set(id, [edge]);
        else list.push(edge);
      }
    }
  }

  /** Stages whose cards touch the box, in the order of the file. */
  stagesIn({ left, top, right, bottom }: Box): readonly string[] {
    const hits = this.#cards?.search(left, top, right, bottom) ?? [];
    return hits.sort((a, b) => a - b).map((index) => this.#ids[index]!);
  }

  /** The stage under a point; of several the last in the file, which is drawn on top. */
  stageAt({ x, y }: Point): string | null {
    const hits = this.#cards?.search(x, y, x, y) ?? [];
    return hits.length === 0 ? null : this.#ids[Math.max(...hits)]!;
  }

  edgesIn({ left, top, right, bottom }: Box): readonly SceneEdge[] {
    return this.#lines?.search(left, top, right, bottom).map((index) => this.edges[index]!) ?? [];
  }

  /** The edge nearest to a point, if one lies within `reach` pixels. */
  edgeAt({ x, y }: Point, reach: number): SceneEdge | null {
    const near = this.edgesIn({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach });
    let best: SceneEdge | null = null;
    let least = reach;
    for (const edge of near) {
      const distance = distanceToLine({ x, y }, edge.points);
      if (distance > least) continue;
      best = edge;
      least = distance;
    }
    return best;
  }

  edgesOf(id: string): readonly SceneEdge[] {
    return this.#edgesOf.get(id) ?? [];
  }

  /** Whether no card is at this place. */
  isFree(place: Point): boolean {
    const { left, top, right, bottom } = boxOf(place);
    return this.#cards?.collides(left + 1, top + 1, right - 1, bottom - 1) !== true;
  }
}

/** The nearest free place at or below a point where a card's middle is to be. */
export function freePlace(scene: Scene, middle: Point): Point {
  const x = middle.x - CARD.width / 2;
  let y = middle.y - CARD.height / 2;
  while (!scene.isFree({ x, y })) y += CARD.height / 2;
  return { x, y };
}

function indexOf(boxes: readonly Box[]): Flatbush | null {
  if (boxes.length === 0) return null;
  const index = new Flatbush(boxes.length, 16, Float32Array);
  for (const { left, top, right, bottom } of boxes) index.add(left, top, right, bottom);
  index.finish();
  return index;
}
