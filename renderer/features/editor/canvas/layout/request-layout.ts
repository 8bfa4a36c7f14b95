import { requestLayout } from '#renderer/ui/pipeline-graph/layout-worker.ts';
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

export interface LayoutQuestion {
  readonly id: number;
  readonly stages: readonly Connected[];
}

export interface LayoutAnswer {
  readonly id: number;
  readonly places: readonly (readonly [string, Point])[];
}

/** Lays stages out in a worker thread. Rejects when the worker cannot be started. */
export async function layOut(stages: readonly Connected[]): Promise<CanvasLayout> {
  const edgeCount = stages.reduce((sum, { needs }) => sum + needs.length, 0);
  if (stages.length > MOST_STAGES || edgeCount > MOST_EDGES) return layOutLarge(stages);
  const { nodes, edges } = await requestLayout(stages, CARD);
  return { places: nodes, routes: new Map(edges.map((edge) => [edgeKey(edge), edge])) };
}

let worker: Worker | null = null;
let lastId = 0;

async function layOutLarge(stages: readonly Connected[]): Promise<CanvasLayout> {
  worker ??= new LayeredWorker();
  const running = worker;
  lastId += 1;
  const id = lastId;
  const places = await new Promise<LayoutAnswer['places']>((resolve, reject) => {
    const end = new AbortController();
    const { signal } = end;
    running.addEventListener(
      'message',
      ({ data }: MessageEvent<LayoutAnswer>) => {
        if (data.id !== id) return;
        end.abort();
        resolve(data.places);
      },
      { signal },
    );
    running.addEventListener(
      'error',
      ({ message }) => {
        end.abort();
        running.terminate();
        if (worker === running) worker = null;
        reject(new Error(message === '' ? 'The worker for layouts failed.' : message));
      },
      { signal },
    );
    const question: LayoutQuestion = {
      id,
      stages: stages.map(({ id: name, needs }) => ({ id: name, needs })),
    };
    running.postMessage(question);
  });
  return { places: new Map(places), routes: new Map() };
}
