import { labelProblem } from '#shared/pipeline/place-values.ts';

/** Labels as people type them, with commas or spaces between; each once. */
export const readLabels = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,]+/).filter((label) => label !== '')),
];

/** What is wrong with the first label that cannot be one; null for none. */
export function labelsProblem(labels: readonly string[]): string | null {
  for (const label of labels) {
    const problem = labelProblem(label);
    if (problem !== null) return `${label} ${problem}.`;
  }
  return null;
}
