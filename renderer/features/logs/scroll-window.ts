/**
 * The tallest scroll area that we ask a browser for, in pixels. Chromium cuts elements at some 33.5 million; 2 million lines
 * need 36. A taller content is shown through an area of this height: small steps move pixel by pixel, long ones in proportion.
 */
export const MAX_AREA_PX = 12_000_000;

/** Further from its place in proportion than this, the area's position is corrected. */
const MAX_DRIFT_PX = 100_000;

export interface ScrollSpace {
  /** Height of all lines together. */
  readonly contentPx: number;
  /** Height of what is seen at once. */
  readonly viewPx: number;
}

export interface ScrollPosition {
  /** The pixel of the content at the top of the view. */
  readonly topPx: number;
  /** `scrollTop` of the element that belongs to it. */
  readonly scrollTop: number;
}

/** The height to give to the scrolled element. */
export const areaPx = ({ contentPx }: ScrollSpace): number => Math.min(contentPx, MAX_AREA_PX);

const lastTop = ({ contentPx, viewPx }: ScrollSpace): number => Math.max(0, contentPx - viewPx);
const lastScrollTop = (space: ScrollSpace): number => Math.max(0, areaPx(space) - space.viewPx);

/** So near to an end the area and the content move alike, so that the last wheel step reaches the last line. */
const EDGE_PX = 100_000;

/** The place in the area for a pixel of the content, and back: straight near the ends, in proportion between them. */
function convert(value: number, last: number, otherLast: number): number {
  if (value <= EDGE_PX) return value;
  if (last - value <= EDGE_PX) return otherLast - (last - value);
  return EDGE_PX + ((value - EDGE_PX) / (last - 2 * EDGE_PX)) * (otherLast - 2 * EDGE_PX);
}

const clamp = (value: number, last: number): number => Math.min(last, Math.max(0, value));

/** The position that shows this pixel of the content at the top, as near as the ends allow. */
export function positionAt(space: ScrollSpace, topPx: number): ScrollPosition {
  const last = lastTop(space);
  const top = clamp(topPx, last);
  if (space.contentPx <= MAX_AREA_PX) return { topPx: top, scrollTop: top };
  return { topPx: top, scrollTop: Math.round(convert(top, last, lastScrollTop(space))) };
}

/**
 * Where the content stands after the element was scrolled.
 * @returns a position whose `scrollTop` differs from the one given when the element must be set to it
 */
export function scrolledTo(space: ScrollSpace, before: ScrollPosition, scrollTop: number): ScrollPosition {
  if (space.contentPx <= MAX_AREA_PX) return { topPx: scrollTop, scrollTop };
  const last = lastScrollTop(space);
  const stepPx = scrollTop - before.scrollTop;
  const isJump = Math.abs(stepPx) > 3 * space.viewPx;
  if (isJump) return { topPx: convert(clamp(scrollTop, last), last, lastTop(space)), scrollTop };
  const fine = positionAt(space, before.topPx + stepPx);
  // Near an end the area must not run out before the content does.
  const isNearEnd = scrollTop < 2 * space.viewPx || scrollTop > last - 2 * space.viewPx;
  const driftPx = Math.abs(fine.scrollTop - scrollTop);
  return driftPx > MAX_DRIFT_PX || (isNearEnd && driftPx > 1) ? fine : { topPx: fine.topPx, scrollTop };
}
