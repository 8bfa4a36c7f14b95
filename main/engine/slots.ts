/** How many stages may run at once, over all runs of an engine. */
export interface Slots {
  readonly free: () => number;
  readonly take: (count: number) => void;
  readonly give: (count: number) => void;
}

/** Slots that know what of them the run holds. */
export function countSlots(slots: Slots): Slots & { readonly giveAll: () => void } {
  let held = 0;
  const give = (count: number): void => {
    held -= count;
    slots.give(count);
  };
  return {
    free: slots.free,
    take(count) {
      held += count;
      slots.take(count);
    },
    give,
    giveAll: () => give(held),
  };
}
