import type { UsageSpan } from '#shared/run/usage.ts';

/** The box that a course is drawn in; it is stretched to the width that is there. */
export const SHAPE = { width: 100, height: 28 } as const;

/** A course as an SVG path from the ground up, and what its top edge stands for. */
export interface UsageShape {
  /** A closed area over the ground. */
  readonly area: string;
  /** Its upper edge. */
  readonly line: string;
  /** The highest value. */
  readonly most: number;
  /** How high the limit lies in the box; null: there is none, or it is far above all that was used. */
  readonly limitY: number | null;
}

/** A limit is drawn while it is at most this many times what was used: else it would press all else to the ground. */
const LIMIT_IN_SIGHT = 3;

/**
 * Draws values that hold over spans of time as steps.
 * @param spans follow each other
 * @param limit in the same unit as the values
 * @param leastTop what the top edge stands for at least: next to nothing shall not look like a peak
 */
export function usageShape(
  spans: readonly UsageSpan[],
  valueOf: (span: UsageSpan) => number,
  limit: number | null,
  leastTop: number,
): UsageShape {
  const most = Math.max(0, ...spans.map(valueOf));
  const isInSight = limit !== null && limit <= most * LIMIT_IN_SIGHT;
  const top = Math.max(leastTop, most, isInSight ? limit : 0);
  const endMs = spans.at(-1)?.toMs ?? 1;
  const x = (ms: number): string => round((ms / endMs) * SHAPE.width);
  // A line at the very edge would be cut in half.
  const y = (value: number): string => round(SHAPE.height - 1 - (value / top) * (SHAPE.height - 2));
  const steps = spans.map((span) => `L${x(span.fromMs)} ${y(valueOf(span))}H${x(span.toMs)}`);
  const line = steps.join('').replace(/^L/, 'M');
  return {
    line,
    area: line === '' ? '' : `M0 ${SHAPE.height}${steps.join('')}V${SHAPE.height}Z`,
    most,
    limitY: isInSight ? Number(y(limit)) : null,
  };
}

const round = (value: number): string => String(Math.round(value * 100) / 100);
