import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { firstViewport } from '#renderer/ui/pipeline-graph/first-viewport.ts';
import { useCanvasStore, type CanvasCamera } from './canvas-store.ts';
import { boundsOf, CARD, type Box, type Point } from './scene/sizes.ts';

export const ZOOM = { least: 0.005, most: 2 } as const;
const MOTION_MS = 180;
const PADDING = 40;

const motion = (): { duration: number } => ({
  duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOTION_MS,
});

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The viewport that shows a box in the middle, never enlarged. */
function viewportOf(box: Box, { width, height }: Size): Point & { readonly zoom: number } {
  const zoom = Math.max(
    ZOOM.least,
    Math.min(
      1,
      (width - 2 * PADDING) / (box.right - box.left),
      (height - 2 * PADDING) / (box.bottom - box.top),
    ),
  );
  return {
    x: width / 2 - ((box.left + box.right) / 2) * zoom,
    y: height / 2 - ((box.top + box.bottom) / 2) * zoom,
    zoom,
  };
}

/** How far to move so that `start..end` lies within `0..room`; 0 when it does. */
function shift(start: number, end: number, room: number): number {
  if (start < PADDING) return PADDING - start;
  return end > room - PADDING ? room - PADDING - end : 0;
}

/** Lets the canvas's commands move the view, and shows each scope at first as it can be read. */
export function useCamera(): void {
  const flow = useReactFlow();
  const flowStore = useStoreApi();
  const store = useCanvasStore();
  useEffect(() => {
    const size = (): Size => flowStore.getState();
    const places = (ids: readonly string[]): Point[] =>
      ids.flatMap((id) => store.getState().scene.places.get(id) ?? []);
    const camera: CanvasCamera = {
      fit(ids) {
        const { scene } = store.getState();
        const box = ids === undefined ? scene.bounds : boundsOf(places(ids));
        if (box !== null) void flow.setViewport(viewportOf(box, size()), motion());
      },
      reveal(id) {
        const place = store.getState().scene.places.get(id);
        if (place === undefined) return;
        const { x, y, zoom } = flow.getViewport();
        const { width, height } = size();
        const [left, top] = [place.x * zoom + x, place.y * zoom + y];
        const dx = shift(left, left + CARD.width * zoom, width);
        const dy = shift(top, top + CARD.height * zoom, height);
        if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, motion());
      },
      zoomBy(factor) {
        const zoom = Math.min(ZOOM.most, Math.max(ZOOM.least, flow.getZoom() * factor));
        void flow.zoomTo(zoom, motion());
      },
      centre({ x, y }) {
        void flow.setCenter(x, y, { zoom: flow.getZoom() });
      },
      toCanvas: (point) => flow.screenToFlowPosition(point, { snapToGrid: false }),
      toScreen: (point) => flow.flowToScreenPosition(point),
      middle() {
        const { width, height } = size();
        const { x, y, zoom } = flow.getViewport();
        return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom };
      },
    };
    store.setState({ camera });
    return () => store.setState({ camera: null });
  }, [flow, flowStore, store]);

  useEffect(() => {
    let shown: string | null | undefined = undefined;
    const show = (): void => {
      const { scene, graph, awaited, camera } = store.getState();
      const { width, height } = flowStore.getState();
      if (scene.bounds === null || width === 0) return;
      if (graph.scope !== shown) {
        shown = graph.scope;
        const { left, top, right, bottom } = scene.bounds;
        const first = firstViewport({ width: right - left, height: bottom - top }, { width, height });
        void flow.setViewport({ ...first, x: first.x - left * first.zoom, y: first.y - top * first.zoom });
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
        if (before.width === 0 && state.width !== 0) show();
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [flow, flowStore, store]);
}
