import ElkConstructor, { type ELK } from 'elkjs/lib/elk-api.js';
import ElkWorker from 'elkjs/lib/elk-worker.min.js?worker';
import { NODE_SIZE, shapeKey, type LaidOutStage, type NodeSize } from './elk-graph.ts';
import { layoutGraph, type GraphLayout } from './layout-graph.ts';

const MOST_KEPT = 30;
const layouts = new Map<string, GraphLayout | Promise<GraphLayout>>();
let elk: ELK | undefined;

function keep(key: string, layout: GraphLayout | Promise<GraphLayout>): void {
  layouts.delete(key);
  layouts.set(key, layout);
  const oldest = layouts.keys().next().value;
  if (layouts.size > MOST_KEPT && oldest !== undefined) layouts.delete(oldest);
}

const keyOf = (stages: readonly LaidOutStage[], { width, height }: NodeSize): string =>
  `${width}x${height} ${shapeKey(stages)}`;

/** The layout of a shape that was laid out before. */
export function knownLayout(stages: readonly LaidOutStage[]): GraphLayout | undefined {
  const known = layouts.get(keyOf(stages, NODE_SIZE));
  return known instanceof Promise ? undefined : known;
}

/** Lays out in a worker thread, once per shape. Rejects when the worker cannot be started or ELK refuses the graph. */
export async function requestLayout(
  stages: readonly LaidOutStage[],
  size: NodeSize = NODE_SIZE,
): Promise<GraphLayout> {
  const key = keyOf(stages, size);
  const known = layouts.get(key);
  if (known !== undefined) return known;
  elk ??= new ElkConstructor({ workerFactory: () => new ElkWorker() });
  const request = layoutGraph(elk, stages, size);
  keep(key, request);
  try {
    const layout = await request;
    keep(key, layout);
    return layout;
  } catch (error) {
    layouts.delete(key);
    throw error;
  }
}
