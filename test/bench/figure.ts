/** One measured figure. A `ratio` is ours over a baseline of the same run; what is bounded must not exceed `limit`. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline?: number;
  readonly ratio?: number;
  /** For the ratio where there is one, else for the value. */
  readonly limit?: number;
}

/** Whether a figure keeps its limit; true for one without. */
export function keepsLimit({ value, ratio, limit }: Figure): boolean {
  return limit === undefined || (ratio ?? value) <= limit;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
