/**
 * Hits by line. Tools write lines in their order, so a list that is always sorted is built as it will be kept: a report of
 * 10,000 files has millions of them.
 */
export class LineHits {
  readonly #sorted: [line: number, hits: number][] = [];
  /** Lines that came out of order. */
  #late: Map<number, number> | null = null;

  /** Hits of a line that is known are added up, to `most` at the most. */
  add(line: number, hits: number, most: number): void {
    const last = this.#sorted.at(-1);
    if (last === undefined || line > last[0]) {
      this.#sorted.push([line, hits]);
      return;
    }
    const known = last[0] === line ? last : this.#find(line);
    if (known !== undefined) {
      known[1] = Math.min(known[1] + hits, most);
      return;
    }
    this.#late ??= new Map();
    this.#late.set(line, Math.min((this.#late.get(line) ?? 0) + hits, most));
  }

  /** In order of the lines. */
  list(): [line: number, hits: number][] {
    if (this.#late === null) return this.#sorted;
    return [...this.#sorted, ...this.#late].sort(([a], [b]) => a - b);
  }

  #find(line: number): [number, number] | undefined {
    let low = 0;
    let high = this.#sorted.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const entry = this.#sorted[middle]!;
      if (entry[0] === line) return entry;
      if (entry[0] < line) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }
}
