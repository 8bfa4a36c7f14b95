import { expandMatrix, MatrixProblem } from '#shared/pipeline/expand-matrix.ts';
import { textOf } from '../field-text.ts';

/** What a matrix comes to, as far as the file alone says it. */
export type LegsPreview =
  | { readonly type: 'legs'; readonly names: readonly string[] }
  /** An expression decides it. */
  | { readonly type: 'later' }
  /** A clause that follows "The matrix". */
  | { readonly type: 'fault'; readonly clause: string };

export function previewLegs(matrix: unknown): LegsPreview {
  if (JSON.stringify(matrix ?? null).includes('${{')) return { type: 'later' };
  try {
    const legs = expandMatrix(matrix);
    return {
      type: 'legs',
      names: legs.map(({ values, named }) => named.map((name) => textOf(values[name])).join(', ')),
    };
  } catch (error) {
    if (error instanceof MatrixProblem) return { type: 'fault', clause: error.message };
    throw error;
  }
}
