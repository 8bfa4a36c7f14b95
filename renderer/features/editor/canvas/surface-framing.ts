import { useReactFlow, useStoreApi, type OnMove } from '@xyflow/react';
import { useCallback, useEffect } from 'react';
import { firstViewport } from '#renderer/ui/pipeline-graph/first-viewport.ts';
import { useCanvasStore } from './canvas-store.ts';
import { LEAST_READABLE } from './scene/view-level.ts';
import { viewportOf } from './surface-camera.ts';

/**
 * Shows each scope at first as it can be read, and goes on doing so while the room changes its size, until somebody moves
 * or zooms what is in view.
 * @returns what React Flow is to call when a move begins
 */
export function useFraming(): OnMove {
  const flow = useReactFlow();
  const flowStore = useStoreApi();
  const store = useCanvasStore();

  useEffect(() => {
    let shown: string | null | undefined = undefined;
    const frame = (): void => {
      const { bounds } = store.getState().scene;
      const { width, height } = flowStore.getState();
      const { framing } = store.getState();
      if (bounds === null || width === 0 || framing === null) return;
      if (framing === 'all') void flow.setViewport(viewportOf(bounds, { width, height }));
      else {
        const { left, top, right, bottom } = bounds;
        const size = { width: right - left, height: bottom - top };
        const { x, y, zoom } = firstViewport(size, { width, height }, LEAST_READABLE);
        void flow.setViewport({ x: x - left * zoom, y: y - top * zoom, zoom });
      }
    };
    const show = (): void => {
      const { scene, graph, awaited, camera } = store.getState();
      if (scene.bounds === null || flowStore.getState().width === 0) return;
      if (graph.scope !== shown) {
        shown = graph.scope;
        store.setState({ framing: 'first' });
        frame();
      }
      if (awaited === null || !scene.places.has(awaited)) return;
      store.setState({ awaited: null });
      camera?.reveal(awaited);
    };
    show();
    const ends = [
      store.subscribe((state, before) => {
        if (state.scene !== before.scene || state.awaited !== before.awaited) show();
      }),
      flowStore.subscribe((state, before) => {
        if (state.width === before.width && state.height === before.height) return;
        if (before.width === 0) show();
        else frame();
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [flow, flowStore, store]);

  return useCallback(
    (event) => {
      // Null: moved by the canvas itself.
      if (event !== null) store.setState({ framing: null });
    },
    [store],
  );
}
