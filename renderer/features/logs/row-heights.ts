const CHUNK = 1_024;

/**
 * How tall the lines of a log are when long ones wrap. Lines that were not measured count as one row; only those that take
 * more are stored, so that a log of millions of lines costs what was looked at.
 */
export class RowHeights {
  readonly rowPx: number;
  /** Rows beyond the first, by line, by chunk. */
  readonly #extras = new Map<number, { sum: number; readonly lines: Map<number, number> }>();

  constructor(rowPx: number) {
    this.rowPx = rowPx;
  }

  /** @returns whether that changed anything */
  set(line: number, rows: number): boolean {
    const index = Math.floor(line / CHUNK);
    const chunk = this.#extras.get(index) ?? { sum: 0, lines: new Map<number, number>() };
    const before = chunk.lines.get(line) ?? 0;
    const extra = Math.max(0, rows - 1);
    if (extra === before) return false;
    chunk.sum += extra - before;
    if (extra === 0) chunk.lines.delete(line);
    else chunk.lines.set(line, extra);
    this.#extras.set(index, chunk);
    return true;
  }

  clear(): void {
    this.#extras.clear();
  }

  /** The pixel at which a line begins; lines count from 1. One beyond the last gives the height of all. */
  topOf(line: number): number {
    const index = Math.floor(line / CHUNK);
    let extra = 0;
    for (const [at, chunk] of this.#extras) if (at < index) extra += chunk.sum;
    for (const [at, rows] of this.#extras.get(index)?.lines ?? []) if (at < line) extra += rows;
    return (line - 1 + extra) * this.rowPx;
  }

  /** The line at a pixel, within 1 and `lineCount`. */
  lineAt(px: number, lineCount: number): number {
    let low = 1;
    let high = Math.max(1, Math.min(lineCount, Math.floor(px / this.rowPx) + 1));
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.topOf(middle) <= px) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
