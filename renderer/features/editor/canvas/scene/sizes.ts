/** Pixels of a stage's card at zoom 1. */
export const CARD = { width: 200, height: 64 } as const;
/** Stages that are moved by hand stand on a grid of this many pixels. */
export const GRID = 8;
/** Between columns, and between the cards of one. */
export const GAP = { x: 56, y: 16 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const boxOf = ({ x, y }: Point): Box => ({
  left: x,
  top: y,
  right: x + CARD.width,
  bottom: y + CARD.height,
});

/** The point itself with `snaps` off. */
export function snapPoint({ x, y }: Point, snaps: boolean): Point {
  if (!snaps) return { x, y };
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}

/** The smallest box around the cards at these places; null for none. */
export function boundsOf(places: Iterable<Point>): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of places) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + CARD.width);
    bottom = Math.max(bottom, y + CARD.height);
  }
  return left === Infinity ? null : { left, top, right, bottom };
}
