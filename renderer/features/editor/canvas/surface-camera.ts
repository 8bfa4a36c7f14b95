import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
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
export function viewportOf(box: Box, { width, height }: Size): Point & { readonly zoom: number } {
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

/** Lets the canvas's commands move the view. */
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
        if (box === null) return;
        store.setState({ framing: ids === undefined ? 'all' : null });
        void flow.setViewport(viewportOf(box, size()), motion());
      },
      reveal(id) {
        const place = store.getState().scene.places.get(id);
        if (place === undefined) return;
        const { x, y, zoom } = flow.getViewport();
        const { width, height } = size();
        const [left, top] = [place.x * zoom + x, place.y * zoom + y];
        const dx = shift(left, left + CARD.width * zoom, width);
        const dy = shift(top, top + CARD.height * zoom, height);
        if (dx === 0 && dy === 0) return;
        store.setState({ framing: null });
        void flow.setViewport({ x: x + dx, y: y + dy, zoom }, motion());
      },
      zoomBy(factor) {
        store.setState({ framing: null });
        const zoom = Math.min(ZOOM.most, Math.max(ZOOM.least, flow.getZoom() * factor));
        void flow.zoomTo(zoom, motion());
      },
      centre({ x, y }) {
        store.setState({ framing: null });
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
}
