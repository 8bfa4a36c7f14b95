import { boundsOf, CARD, type Point } from './sizes.ts';

export const ALIGNMENTS = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

type Places = ReadonlyMap<string, Point>;

/** Where cards stand once they share an edge or a middle. */
export function alignStages(places: Places, alignment: Alignment): Readonly<Record<string, Point>> {
  const box = boundsOf(places.values());
  if (box === null) return {};
  const to = (place: Point): Point => {
    switch (alignment) {
      case 'left':
        return { ...place, x: box.left };
      case 'centre':
        return { ...place, x: (box.left + box.right - CARD.width) / 2 };
      case 'right':
        return { ...place, x: box.right - CARD.width };
      case 'top':
        return { ...place, y: box.top };
      case 'middle':
        return { ...place, y: (box.top + box.bottom - CARD.height) / 2 };
      case 'bottom':
        return { ...place, y: box.bottom - CARD.height };
    }
  };
  return Object.fromEntries([...places].map(([id, place]) => [id, to(place)]));
}

/** The same distance from each to the next along an axis; the outermost stay. */
export function distributeStages(places: Places, axis: 'x' | 'y'): Readonly<Record<string, Point>> {
  const sorted = [...places].sort(([, a], [, b]) => a[axis] - b[axis]);
  const [first, last] = [sorted[0]?.[1], sorted.at(-1)?.[1]];
  if (first === undefined || last === undefined || sorted.length < 3) return Object.fromEntries(places);
  const step = (last[axis] - first[axis]) / (sorted.length - 1);
  return Object.fromEntries(
    sorted.map(([id, place], index) => [id, { ...place, [axis]: first[axis] + index * step }]),
  );
}
