/** One place where a search matched; matches lie inside one line and do not overlap. */
export interface SearchHit {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units of the line's text. */
  readonly column: number;
  /** UTF-16 code units. */
  readonly length: number;
}

export interface SearchResult {
  /** The first hits, in the order of the log. */
  readonly hits: readonly SearchHit[];
  /** All matches there are. */
  readonly total: number;
  /** There are more matches than hits. */
  readonly truncated: boolean;
}

/** Collects matches: the first `limit` whole, the others as a number. */
export class HitList {
  readonly #limit: number;
  readonly #hits: SearchHit[] = [];
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Further hits are only counted, so their places need not be known. */
  get full(): boolean {
    return this.#hits.length >= this.#limit;
  }

  add(line: number, column: number, length: number): void {
    this.#total += 1;
    if (!this.full) this.#hits.push({ line, column, length });
  }

  count(): void {
    this.#total += 1;
  }

  result(): SearchResult {
    return { hits: this.#hits, total: this.#total, truncated: this.#total > this.#hits.length };
  }
}
