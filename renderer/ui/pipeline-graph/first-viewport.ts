import type { GraphLayout } from './layout-graph.ts';

export interface GraphViewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const PADDING = 24;
/** Below this a name cannot be read; a larger graph starts at its beginning instead of as a whole. */
const LEAST_READABLE = 0.6;

/** How a graph is first seen in a room of these pixels: whole and never enlarged where it can be read so. */
export function firstViewport(
  { width, height }: Pick<GraphLayout, 'width' | 'height'>,
  room: { readonly width: number; readonly height: number },
): GraphViewport {
  const fit = Math.min(
    1,
    (room.width - 2 * PADDING) / Math.max(1, width),
    (room.height - 2 * PADDING) / Math.max(1, height),
  );
  const zoom = Math.max(LEAST_READABLE, fit);
  const start = (size: number, available: number): number =>
    Math.max(PADDING, Math.round((available - size * zoom) / 2));
  return { x: start(width, room.width), y: start(height, room.height), zoom };
}
