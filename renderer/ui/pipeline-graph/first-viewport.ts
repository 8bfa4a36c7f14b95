export interface GraphViewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const PADDING = 24;
/** Below this a name cannot be read; a larger graph starts at its beginning instead of as a whole. */
const LEAST_READABLE = 0.6;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whether all of a graph can be seen, and read, at once in a room of these pixels. */
export const fitsRoom = (graph: Size, room: Size): boolean => wholeZoom(graph, room) >= LEAST_READABLE;

const wholeZoom = ({ width, height }: Size, room: Size): number =>
  Math.min(
    1,
    (room.width - 2 * PADDING) / Math.max(1, width),
    (room.height - 2 * PADDING) / Math.max(1, height),
  );

/**
 * How a graph is first seen in a room of these pixels: whole and never enlarged where it can be read so.
 * @param least the zoom below which its names cannot be read
 */
export function firstViewport(graph: Size, room: Size, least = LEAST_READABLE): GraphViewport {
  const zoom = Math.max(least, wholeZoom(graph, room));
  const start = (size: number, available: number): number =>
    Math.max(PADDING, Math.round((available - size * zoom) / 2));
  return { x: start(graph.width, room.width), y: start(graph.height, room.height), zoom };
}
