import type { KindContext } from '#main/engine/kind-ports.ts';

/**
 * Goes through things one after the other and tells how many are done; of a single one there is nothing to count.
 * @param labelOf what is being done, in a few words
 */
export function* counted<Thing>(
  context: Pick<KindContext, 'progress'>,
  things: readonly Thing[],
  labelOf: (thing: Thing) => string,
): Generator<Thing, void, undefined> {
  const total = things.length;
  for (const [done, thing] of things.entries()) {
    if (total > 1) context.progress(done, total, labelOf(thing));
    yield thing;
  }
  if (total > 1) context.progress(total, total);
}
