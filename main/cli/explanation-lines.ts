import type { Explanation } from '#shared/pipeline/explain/explanation.ts';
import type { Colors } from './output.ts';
import { plainText } from './run-output/stage-line.ts';

/** The line of an issue, with the reason and the ways out below it. */
export function explanationLines(explanation: Explanation, file: string, colors: Colors): readonly string[] {
  const { place, severity, code, message, why, fixes } = explanation;
  const paint = { warning: colors.yellow, hint: colors.cyan }[severity];
  const where = plainText(`${file}:${place.line}:${place.column}`);
  return [
    `${where} ${paint(severity)} ${code} ${plainText(message)}`,
    colors.dim(`  ${why}`),
    ...fixes.map(({ title }) => `  - ${plainText(title)}`),
  ];
}

/** An explanation as JSON, with the keys of an issue and more. */
export const explanationJson = ({ place, ...explanation }: Explanation, file: string) => ({
  ...explanation,
  path: file,
  line: place.line,
  column: place.column,
});
