import { mappingOf } from './raw-stages.ts';

/** The keys of a matrix that are no axes. */
export const MATRIX_SETTINGS: ReadonlySet<string> = new Set([
  'include',
  'exclude',
  'fail-fast',
  'max-parallel',
]);

/** The names of the values that the legs of a matrix have; null where there is no matrix, or an expression decides them. */
export function matrixKeys(matrix: unknown): readonly string[] | null {
  const definition = mappingOf(matrix);
  if (definition !== matrix) return null;
  const { include } = definition;
  const axes = Object.keys(definition).filter((key) => !MATRIX_SETTINGS.has(key));
  if (include === undefined) return axes;
  if (!Array.isArray(include)) return null;
  const added = (include as unknown[]).flatMap((leg) => Object.keys(mappingOf(leg)));
  return [...new Set([...axes, ...added])];
}
