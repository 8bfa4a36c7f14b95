import { CARD, type Box, type Point } from './sizes.ts';

/** How far a line goes straight before it turns. */
const STUB = 20;

/** Where lines leave a card, and where they arrive. */
export const outOf = ({ x, y }: Point): Point => ({ x: x + CARD.width, y: y + CARD.height / 2 });
export const into = ({ x, y }: Point): Point => ({ x, y: y + CARD.height / 2 });

/** A line in right angles between two points that leaves to the right and arrives from the left. */
export function stepLine(start: Point, end: Point): readonly Point[] {
  if (end.x >= start.x + STUB / 2) {
    if (start.y === end.y) return [start, end];
    const turn = end.x - Math.min(STUB, (end.x - start.x) / 2);
    return [start, { x: turn, y: start.y }, { x: turn, y: end.y }, end];
  }
  const between = (start.y + end.y) / 2;
  // A way back between the cards, or below both where they stand side by side.
  const y =
    Math.abs(start.y - end.y) > CARD.height + 8 ? between : Math.max(start.y, end.y) + CARD.height / 2 + 12;
  const [out, back] = [start.x + STUB, end.x - STUB];
  return [start, { x: out, y: start.y }, { x: out, y }, { x: back, y }, { x: back, y: end.y }, end];
}

export const edgeLine = (source: Point, target: Point): readonly Point[] =>
  stepLine(outOf(source), into(target));

export function lineBox(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { left, top, right, bottom };
}

/** Pixels from a point to the nearest one of a line. */
export function distanceToLine(point: Point, line: readonly Point[]): number {
  let least = Infinity;
  for (let index = 1; index < line.length; index += 1) {
    least = Math.min(least, distanceToPart(point, line[index - 1]!, line[index]!));
  }
  return least;
}

function distanceToPart(point: Point, start: Point, end: Point): number {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - start.x) * dx + (point.y - start.y) * dy) / length;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - start.x - share * dx, point.y - start.y - share * dy);
}

/** The point half way along a line. */
export function middleOf(line: readonly Point[]): Point {
  const lengths = line
    .slice(1)
    .map((end, index) => Math.hypot(end.x - line[index]!.x, end.y - line[index]!.y));
  let rest = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [index, length] of lengths.entries()) {
    const [start, end] = [line[index]!, line[index + 1]!];
    if (rest <= length) {
      const share = length === 0 ? 0 : rest / length;
      return { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share };
    }
    rest -= length;
  }
  return line.at(-1) ?? { x: 0, y: 0 };
}
