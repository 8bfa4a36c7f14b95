import type { ELK } from 'elkjs/lib/elk-api.js';
import { edgeId, NODE_SIZE, toElkGraph, type LaidOutStage, type NodeSize } from './elk-graph.ts';
import { orderTwins } from './order-twins.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything stands; pixels, the top left corner is 0, 0. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** Top left corners by stage id. */
  readonly nodes: ReadonlyMap<string, Point>;
  /** From a stage to one that needs it, with the corners of the line between. */
  readonly edges: readonly LaidOutEdge[];
}

export interface LaidOutEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly points: readonly Point[];
}

/** Lays stages out left to right by their needs. Rejects when they go in a circle that ELK cannot break. */
export async function layoutGraph(
  elk: Pick<ELK, 'layout'>,
  stages: readonly LaidOutStage[],
  size: NodeSize = NODE_SIZE,
): Promise<GraphLayout> {
  const root = await elk.layout(toElkGraph(stages, size));
  const places = new Map<string, Point>();
  for (const [index, child] of (root.children ?? []).entries()) {
    places.set(stages[index]!.id, { x: child.x ?? 0, y: child.y ?? 0 });
  }
  const taken = orderTwins(stages, places);
  const nodes = new Map([...places.keys()].map((id) => [id, places.get(taken.get(id) ?? id)!]));
  const lines = new Map(
    (root.edges ?? []).map((edge) => {
      const section = edge.sections?.[0];
      const points = section && [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
      return [edge.id, points];
    }),
  );
  const edges = stages.flatMap((stage) =>
    [...new Set(stage.needs)].flatMap((need): LaidOutEdge[] => {
      const from = nodes.get(need);
      const to = nodes.get(stage.id);
      if (from === undefined || to === undefined) return [];
      const id = edgeId(need, stage.id);
      const line = lines.get(edgeId(taken.get(need) ?? need, taken.get(stage.id) ?? stage.id));
      const straight = [
        { x: from.x + size.width, y: from.y + size.height / 2 },
        { x: to.x, y: to.y + size.height / 2 },
      ];
      return [{ id, source: need, target: stage.id, points: line ?? straight }];
    }),
  );
  return { width: root.width ?? 0, height: root.height ?? 0, nodes, edges };
}
