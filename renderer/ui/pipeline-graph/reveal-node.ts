import { NODE_HEIGHT, NODE_WIDTH } from './elk-graph.ts';
import type { GraphViewport } from './first-viewport.ts';
import type { Point } from './layout-graph.ts';

const MARGIN = 24;

/** How far to move so that `start..end` lies within `0..room`; 0 when it does. */
function shift(start: number, end: number, room: number): number {
  if (start < MARGIN) return MARGIN - start;
  return end > room - MARGIN ? room - MARGIN - end : 0;
}

/**
 * The nearest viewport that shows the node at this place whole.
 * @returns null when it is in sight already
 */
export function revealNode(
  place: Point,
  viewport: GraphViewport,
  room: { readonly width: number; readonly height: number },
): GraphViewport | null {
  const left = place.x * viewport.zoom + viewport.x;
  const top = place.y * viewport.zoom + viewport.y;
  const dx = shift(left, left + NODE_WIDTH * viewport.zoom, room.width);
  const dy = shift(top, top + NODE_HEIGHT * viewport.zoom, room.height);
  return dx === 0 && dy === 0 ? null : { ...viewport, x: viewport.x + dx, y: viewport.y + dy };
}
