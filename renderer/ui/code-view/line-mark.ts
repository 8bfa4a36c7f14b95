/** What is told of a line of a source text. */
export interface LineMark {
  /** 1-based. */
  readonly line: number;
  /** The ground of the line; null: as all others. `place`: what one came to see. */
  readonly ground: 'covered' | 'uncovered' | 'place' | null;
  /** Stands before the line: `12×`. */
  readonly note?: string;
  /** Has a bar at its edge. */
  readonly isChanged?: boolean;
}
