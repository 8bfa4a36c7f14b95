/** How long to wait for the next look at a group. */
export interface LookSpace {
  /** @param ageMs how long it has been running */
  plainMs(ageMs: number): number;
  /**
   * For a group within limits that somebody has to watch.
   * @param pressure how near it is to a limit: 1 is at it
   * @param growth how much that has risen since the look before, per millisecond
   */
  limitedMs(pressure: number, growth: number): number;
}

/** The first look; what ends before costs nothing. */
export const FIRST_MS = 250;
/** The part of the time that is left until the limit, if it goes on like this, after which there is another look. */
const PART_OF_REST = 1 / 4;

interface Bounds {
  readonly plain: readonly [least: number, most: number];
  readonly limited: readonly [least: number, most: number];
}

export const LINUX_SPACE = lookSpace({ plain: [FIRST_MS, 2_000], limited: [100, 400] });
/** `ps` is a process of its own; it is not asked as often. */
export const PS_SPACE = lookSpace({ plain: [2_000, 2_000], limited: [500, 1_000] });

/** Often at first, since short work has no other looks; within limits the more often the nearer they are. */
function lookSpace({ plain, limited }: Bounds): LookSpace {
  const [leastMs, mostMs] = limited;
  return {
    plainMs: (ageMs) => Math.min(plain[1], Math.max(plain[0], ageMs / 4)),
    limitedMs(pressure, growth) {
      const rest = Math.max(0, 1 - pressure);
      const restMs = growth > 0 ? (rest / growth) * PART_OF_REST : Infinity;
      return Math.max(leastMs, Math.min(mostMs * rest, restMs));
    },
  };
}
