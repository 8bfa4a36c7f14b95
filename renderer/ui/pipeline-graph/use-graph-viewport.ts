import { useReactFlow } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import { firstViewport } from './first-viewport.ts';
import type { GraphLayout } from './layout-graph.ts';
import { revealNode } from './reveal-node.ts';

const MOTION_MS = 150;

const motion = (): { duration: number } => ({
  duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOTION_MS,
});

export interface GraphViewportControl {
  /** Shows the whole graph as at first. */
  readonly fit: () => void;
  /** Tell it when the person moved the graph: from then on a window that is resized leaves the view alone. */
  readonly onMoved: () => void;
}

/** Keeps a graph in view: whole until the person moves it, and with the selected stage in sight. */
export function useGraphViewport(
  room: HTMLElement | null,
  layout: GraphLayout,
  selectedId: string | null,
): GraphViewportControl {
  const { getViewport, setViewport } = useReactFlow();
  const isMoved = useRef(false);

  useEffect(() => {
    if (room === null) return undefined;
    const observer = new ResizeObserver(() => {
      const size = { width: room.clientWidth, height: room.clientHeight };
      if (!isMoved.current && size.width > 0) void setViewport(firstViewport(layout, size));
    });
    observer.observe(room);
    return () => observer.disconnect();
  }, [room, layout, setViewport]);

  useEffect(() => {
    const place = selectedId === null ? undefined : layout.nodes.get(selectedId);
    if (room === null || place === undefined) return;
    const size = { width: room.clientWidth, height: room.clientHeight };
    const next = revealNode(place, getViewport(), size);
    if (next !== null) void setViewport(next, motion());
  }, [room, layout, selectedId, getViewport, setViewport]);

  const fit = useCallback(() => {
    if (room === null) return;
    isMoved.current = false;
    const size = { width: room.clientWidth, height: room.clientHeight };
    void setViewport(firstViewport(layout, size), motion());
  }, [room, layout, setViewport]);
  const onMoved = useCallback(() => {
    isMoved.current = true;
  }, []);
  return { fit, onMoved };
}
