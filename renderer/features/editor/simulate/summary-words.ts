import type { Simulation } from '#shared/api/simulation-schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';

/** `7 of 12 stages would run, and perhaps 2 more`. */
export function countWords({ counts: { runs, skipped, unknown } }: Pick<Simulation, 'counts'>): string {
  const all = runs + skipped + unknown;
  const stages = all === 1 ? '1 stage' : `${all} stages`;
  const perhaps = unknown === 0 ? '' : `, and perhaps ${unknown} more`;
  if (runs === all) return all === 1 ? 'The stage would run' : `All ${stages} would run`;
  return `${runs} of ${stages} would run${perhaps}`;
}

/** `about 4m 10s with 2 at once`; what is missing for that where it cannot be told. */
export function timeWords({ estimate }: Pick<Simulation, 'estimate'>): string {
  const { makespanMs, maxParallel, untimed } = estimate;
  if (makespanMs === null) return 'no estimate before a first run';
  const least = untimed === 0 ? '' : `, ${untimed} not timed yet`;
  return `about ${formatDuration(makespanMs)} with ${maxParallel} at once${least}`;
}

const MOST_NAMED = 4;

/** The path from its start to its end; of a long one the middle is left out. */
export function pathWords(path: readonly string[]): string {
  if (path.length <= MOST_NAMED) return path.join(' → ');
  const half = MOST_NAMED / 2;
  return [...path.slice(0, half), '…', ...path.slice(-half)].join(' → ');
}
