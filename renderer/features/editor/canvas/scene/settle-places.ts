import { CARD, GAP, type Point } from './sizes.ts';

/**
 * Stages stand where a hand put them, the others where the layout did; those that would lie under others are moved down.
 * @param ids in the order of the file; those with no place at all are left out
 */
export function settlePlaces(
  ids: Iterable<string>,
  laidOut: ReadonlyMap<string, Point>,
  byHand: Readonly<Record<string, Point>>,
): ReadonlyMap<string, Point> {
  const settled = new Map<string, Point>();
  const floating: [string, Point][] = [];
  const room = new Room();
  for (const id of ids) {
    const fixed = Object.hasOwn(byHand, id) ? byHand[id] : undefined;
    const place = fixed ?? laidOut.get(id);
    if (place === undefined) continue;
    settled.set(id, place);
    if (fixed === undefined) floating.push([id, place]);
    else room.take(place);
  }
  if (floating.length === settled.size) return settled;
  for (const [id, place] of floating.sort(([, a], [, b]) => a.y - b.y)) {
    let free = place;
    for (let other = room.blocking(free); other !== null; other = room.blocking(free)) {
      free = { x: free.x, y: other.y + CARD.height + GAP.y };
    }
    settled.set(id, free);
    room.take(free);
  }
  return settled;
}

/** Cards in cells of their own size, so that only neighbours are compared. */
class Room {
  readonly #cells = new Map<string, Point[]>();

  take(place: Point): void {
    const key = cellOf(cell(place.x, CARD.width), cell(place.y, CARD.height));
    const here = this.#cells.get(key);
    if (here === undefined) this.#cells.set(key, [place]);
    else here.push(place);
  }

  /** A card that one at this place would overlap. */
  blocking({ x, y }: Point): Point | null {
    const [column, row] = [cell(x, CARD.width), cell(y, CARD.height)];
    for (const dx of [-1, 0, 1]) {
      for (const dy of [-1, 0, 1]) {
        for (const other of this.#cells.get(cellOf(column + dx, row + dy)) ?? []) {
          if (Math.abs(other.x - x) < CARD.width && Math.abs(other.y - y) < CARD.height) return other;
        }
      }
    }
    return null;
  }
}

const cell = (value: number, size: number): number => Math.floor(value / size);
const cellOf = (column: number, row: number): string => `${column}:${row}`;
