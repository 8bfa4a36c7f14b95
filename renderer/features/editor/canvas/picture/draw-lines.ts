import type { Point } from '../scene/sizes.ts';

const RADIUS = 8;
const HEAD = 7;

/** Adds a line with rounded corners to the path. */
export function traceLine(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return;
  context.moveTo(first.x, first.y);
  for (let index = 1; index < points.length - 1; index += 1) {
    const [before, corner, after] = [points[index - 1]!, points[index]!, points[index + 1]!];
    const room = Math.min(distance(before, corner), distance(corner, after)) / 2;
    context.arcTo(corner.x, corner.y, after.x, after.y, Math.min(RADIUS, room));
  }
  context.lineTo(last.x, last.y);
}

/** Adds the head of an arrow that arrives from the left. */
export function traceHead(context: CanvasRenderingContext2D, { x, y }: Point): void {
  context.moveTo(x - HEAD, y - HEAD / 2);
  context.lineTo(x - 1, y);
  context.lineTo(x - HEAD, y + HEAD / 2);
  context.closePath();
}

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
