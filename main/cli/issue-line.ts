import { formatIssue, type Issue } from '#shared/lib/issue.ts';
import type { Colors } from './output.ts';
import { plainText } from './run-output/stage-line.ts';

/** `file:line:col severity code message`, with the severity in its colour. */
export function issueLine(issue: Issue, colors: Colors): string {
  const line = plainText(formatIssue(issue));
  if (!colors.isColorSupported) return line;
  const paint = { error: colors.red, warning: colors.yellow, unsupported: colors.magenta }[issue.severity];
  return line.replace(` ${issue.severity} `, ` ${paint(issue.severity)} `);
}
