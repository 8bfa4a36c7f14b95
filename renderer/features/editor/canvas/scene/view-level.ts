import type { Scene } from './scene.ts';
import { CARD, type Box, type Point } from './sizes.ts';

/** Below this zoom the small words of a card cannot be read, and its name takes their room. */
const LEAST_DETAILED = 0.7;
/** Below this one names cannot be read either. */
export const LEAST_READABLE = 0.4;
/** So many cards in view are one picture, whatever their size. */
const MOST_CARDS = 220;
/** Steps of the region in pixels of the canvas. */
const STEP = { x: CARD.width + 56, y: 2 * CARD.height } as const;

export interface CanvasView {
  /** Cards with all their words, cards with large names, or one picture of everything. */
  readonly level: 'cards' | 'names' | 'picture';
  /** What is in view and a little around it, in steps, so that a small move changes nothing. */
  readonly region: Box;
}

/** What is to be shown of a scene. @returns `before` itself when that is still right */
export function viewOf(
  scene: Scene,
  { x, y, zoom }: Point & { readonly zoom: number },
  { width, height }: { readonly width: number; readonly height: number },
  before: CanvasView,
): CanvasView {
  const region: Box = {
    left: (Math.floor(-x / zoom / STEP.x) - 0.5) * STEP.x,
    top: (Math.floor(-y / zoom / STEP.y) - 0.5) * STEP.y,
    right: (Math.ceil((width - x) / zoom / STEP.x) + 0.5) * STEP.x,
    bottom: (Math.ceil((height - y) / zoom / STEP.y) + 0.5) * STEP.y,
  };
  const isPicture = zoom < LEAST_READABLE || scene.stagesIn(region).length > MOST_CARDS;
  const level = isPicture ? 'picture' : zoom < LEAST_DETAILED ? 'names' : 'cards';
  return level === before.level && isSameBox(region, before.region) ? before : { level, region };
}

const isSameBox = (a: Box, b: Box): boolean =>
  a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
