import type { Caches, Reuse } from '#main/engine/ports.ts';

/** What kinds need of this host beside what the engine gives them. Composition roots make it. */
export interface KindServices {
  readonly caches: Caches;
  readonly reuse: Pick<Reuse, 'hashFiles'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Absolute; for what must survive a run, such as tools that were installed. Kinds make folders of their own in it. */
  readonly dataDir: string;
}
