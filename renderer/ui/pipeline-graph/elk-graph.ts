import type { ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { GraphStage } from './graph-stage.ts';

/** What of a stage decides its place. */
export type LaidOutStage = Pick<GraphStage, 'id' | 'needs'>;

/** Pixels of every node at zoom 1. */
export const NODE_WIDTH = 152;
export const NODE_HEIGHT = 48;

/** Pixels of all nodes of one graph. */
export interface NodeSize {
  readonly width: number;
  readonly height: number;
}

export const NODE_SIZE: NodeSize = { width: NODE_WIDTH, height: NODE_HEIGHT };

/** From here on a layout that is found quickly is worth more than one with the fewest crossings. */
const LARGE = 500;

const OPTIONS: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  // Stages without needs of their own are packed into a block instead of one tall column.
  'elk.aspectRatio': '1.6',
  'elk.spacing.nodeNode': '16',
  'elk.spacing.componentComponent': '24',
  'elk.layered.spacing.nodeNodeBetweenLayers': '32',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  // Lines of one stage leave and arrive at one point.
  'elk.layered.mergeEdges': 'true',
  // Stages stand in the order of the file wherever the edges leave a choice.
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

const LARGE_OPTIONS: LayoutOptions = {
  ...OPTIONS,
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.layering.strategy': 'LONGEST_PATH_SOURCE',
  'elk.layered.thoroughness': '1',
};

/** Equal for stages that are laid out alike: names, kinds and states do not count. */
export function shapeKey(stages: readonly LaidOutStage[]): string {
  return JSON.stringify(stages.map(({ id, needs }) => [id, ...needs]));
}

/** Names the edge between a stage and one that it needs. */
export const edgeId = (source: string, target: string): string => JSON.stringify([source, target]);

/** The graph as ELK takes it. Needs that name no stage (a file with errors) get no edge. */
export function toElkGraph(stages: readonly LaidOutStage[], size: NodeSize = NODE_SIZE): ElkNode {
  const known = new Set(stages.map(({ id }) => id));
  return {
    id: 'root',
    layoutOptions: stages.length > LARGE ? LARGE_OPTIONS : OPTIONS,
    children: stages.map(({ id }) => ({ id: `stage:${id}`, ...size })),
    edges: stages.flatMap(({ id, needs }) =>
      [...new Set(needs)]
        .filter((need) => known.has(need))
        .map((need) => ({ id: edgeId(need, id), sources: [`stage:${need}`], targets: [`stage:${id}`] })),
    ),
  };
}
