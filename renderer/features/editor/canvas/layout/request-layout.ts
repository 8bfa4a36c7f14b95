import { requestLayout } from '#renderer/ui/pipeline-graph/layout-worker.ts';
import { createAsker } from '#renderer/ui/worker-questions.ts';
import LayeredWorker from './layered.worker.ts?worker';
import type { Routes } from '../scene/scene.ts';
import { CARD, type Point } from '../scene/sizes.ts';
import { edgeKey, type Connected } from '../scene/stage-graph.ts';

/** Above these, ELK takes longer than a person waits. */
const MOST_STAGES = 120;
const MOST_EDGES = 300;

/** Where stages stand by themselves. */
export interface CanvasLayout {
  readonly places: ReadonlyMap<string, Point>;
  readonly routes: Routes;
}

/** What the worker for large graphs is asked, and answers. */
export interface LayoutTalk {
  readonly question: readonly Connected[];
  readonly answer: readonly (readonly [string, Point])[];
}

/** Lays stages out in a worker thread. Rejects when the worker cannot be started. */
export async function layOut(stages: readonly Connected[]): Promise<CanvasLayout> {
  const edgeCount = stages.reduce((sum, { needs }) => sum + needs.length, 0);
  if (stages.length > MOST_STAGES || edgeCount > MOST_EDGES) return layOutLarge(stages);
  const { nodes, edges } = await requestLayout(stages, CARD);
  return { places: nodes, routes: new Map(edges.map((edge) => [edgeKey(edge), edge])) };
}

const ask = createAsker<LayoutTalk>(() => new LayeredWorker(), 'The worker for layouts failed.');

async function layOutLarge(stages: readonly Connected[]): Promise<CanvasLayout> {
  const places = await ask(stages.map(({ id, needs }) => ({ id, needs })));
  return { places: new Map(places), routes: new Map() };
}
