import { useDeferredValue, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { canvasGraph, shapeOf, type CanvasGraph } from '../canvas-graph.ts';
import { useCanvasStore } from '../canvas-store.ts';
import { arrange, NO_PLACES } from './arrange.ts';
import { glide, stopGliding } from './glide.ts';
import { layOut, type CanvasLayout } from './request-layout.ts';

const selectAnalysis = ({ analysis }: DocumentState) => analysis;
const selectScope = ({ scope }: DocumentState) => scope;
const selectPlaces = ({ places, scope }: DocumentState) => places[scope ?? ''] ?? NO_PLACES;

interface Answer {
  readonly scope: string | null;
  readonly shape: string;
  readonly layout: CanvasLayout;
}

export type SceneStatus =
  | { readonly type: 'loading' }
  | { readonly type: 'empty' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'ready' };

/** Keeps the graph and the scene of the canvas in step with the document; a layout that changes makes the cards glide. */
export function useScene(): SceneStatus {
  const store = useCanvasStore();
  // What has come from the worker is taken in by tasks of its own: it may be ten thousand stages.
  const analysis = useDeferredValue(useDocument(selectAnalysis));
  const scope = useDocument(selectScope);
  const places = useDocument(selectPlaces);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const graph = useCurrentGraph(analysis, scope);
  const shape = useMemo(() => (graph === null ? '' : shapeOf(graph)), [graph]);

  const currentStages = useEffectEvent(() => [...(graph?.stages.values() ?? [])]);
  useEffect(() => {
    let isCurrent = true;
    const stages = currentStages();
    if (stages.length === 0) return undefined;
    layOut(stages).then(
      (layout) => {
        if (!isCurrent) return;
        setAnswer({ scope, shape, layout });
        setFailure(null);
      },
      (error: unknown) => {
        if (isCurrent) setFailure(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [scope, shape]);

  const layout = answer?.scope === scope ? answer.layout : null;
  useEffect(() => {
    if (graph === null) return;
    if (layout === null) store.setState({ graph });
    else glide(store, graph, arrange(graph, layout, places));
  }, [store, graph, layout, places]);
  useEffect(() => () => stopGliding(store), [store]);

  if (graph === null) return { type: 'loading' };
  if (graph.stages.size === 0) return { type: 'empty' };
  if (layout !== null) return { type: 'ready' };
  return failure === null ? { type: 'loading' } : { type: 'failed', message: failure };
}

/** The graph of the newest text that could be read. Stages whose card has not changed stay the same objects. */
function useCurrentGraph(analysis: DocumentState['analysis'], scope: string | null): CanvasGraph | null {
  const store = useCanvasStore();
  return useMemo(
    () =>
      analysis === null ? null : canvasGraph(analysis.stages, analysis.value, scope, store.getState().graph),
    [analysis, scope, store],
  );
}
