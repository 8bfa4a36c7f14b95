import type { Explanation } from '#shared/pipeline/explain/explanation.ts';
import type { EditorExplanation } from './analysis.ts';

/** An explanation as views of the text show it. */
export function locateExplanation({ place, ...explanation }: Explanation): EditorExplanation {
  const { line, column, start, end } = place;
  return { ...explanation, line, column, start, end };
}
