import { useEffect, useState } from 'react';
import { shapeKey } from './elk-graph.ts';
import type { GraphStage } from './graph-stage.ts';
import type { GraphLayout } from './layout-graph.ts';
import { knownLayout, requestLayout } from './layout-worker.ts';

export type LayoutRequest =
  | { readonly status: 'loading' }
  | {
      readonly status: 'ready';
      readonly layout: GraphLayout;
      /** Those that the layout is of: while a new shape is laid out, still the ones before. */
      readonly stages: readonly GraphStage[];
    }
  | { readonly status: 'failed'; readonly message: string };

/**
 * The layout of these stages; while a graph that grew is laid out, the one before stays. Memoise the list; stages of the
 * same shape are never laid out again.
 */
export function useGraphLayout(stages: readonly GraphStage[]): LayoutRequest {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly request: LayoutRequest } | null>(
    null,
  );
  const key = shapeKey(stages);
  useEffect(() => {
    let isCurrent = true;
    const answerWith = (request: LayoutRequest): void => {
      if (isCurrent) setAnswer({ key, request });
    };
    requestLayout(stages).then(
      (layout) => answerWith({ status: 'ready', layout, stages }),
      (error: unknown) =>
        answerWith({ status: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [key, stages]);
  if (answer?.key === key) {
    return answer.request.status === 'ready' ? { ...answer.request, stages } : answer.request;
  }
  const layout = knownLayout(stages);
  if (layout !== undefined) return { status: 'ready', layout, stages };
  return answer?.request.status === 'ready' ? answer.request : { status: 'loading' };
}
