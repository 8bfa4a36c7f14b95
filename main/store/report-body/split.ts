/** A report as the store keeps it. */
export interface SplitReport {
  /** Figures, or the whole form when there are no parts. */
  readonly head: unknown;
  /** The first is the list. */
  readonly parts: readonly unknown[];
}

/** Characters of JSON that a part takes before the next one is begun. */
const PART_CHARS = 256_000;

/** Fills parts one after the other, from number 1 on. */
export class PartWriter<Entry> {
  readonly parts: Entry[][] = [];
  #chars = PART_CHARS;

  /** @returns the number of the part that has it */
  add(entry: Entry, chars: number): number {
    if (this.#chars >= PART_CHARS) {
      this.parts.push([]);
      this.#chars = 0;
    }
    this.#chars += chars;
    this.parts.at(-1)!.push(entry);
    return this.parts.length;
  }
}
