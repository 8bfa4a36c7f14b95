import { z } from 'zod';

/** How much an issue matters: an `error` stops a run, a `warning` does not, `unsupported` names a key this version ignores. */
export const issueSeveritySchema = z.enum(['error', 'warning', 'unsupported']);
export type IssueSeverity = z.infer<typeof issueSeveritySchema>;

/** A problem in something that a person wrote (a pipeline file, a report): data with a place, not an exception. */
export const issueSchema = z.object({
  /** Stable, kebab-case: `unknown-key`, `cycle`, `missing-need`, … */
  code: z.string(),
  severity: issueSeveritySchema,
  /** The file, relative to the project's folder where it lies inside it. */
  path: z.string(),
  /** 1-based; null where the issue concerns the file as a whole. */
  line: z.number().int().nullable(),
  /** 1-based, counted in UTF-16 code units. */
  column: z.number().int().nullable(),
  /** One sentence. */
  message: z.string(),
  /** The way out, where one is known. */
  hint: z.string().nullable(),
});
export type Issue = z.infer<typeof issueSchema>;

/** `file:line:col severity code message`, the form of compilers, which terminals turn into links. */
export function formatIssue(issue: Issue): string {
  const place = issue.line === null ? issue.path : `${issue.path}:${issue.line}:${issue.column ?? 1}`;
  const hint = issue.hint === null ? '' : ` (${issue.hint})`;
  return `${place} ${issue.severity} ${issue.code} ${issue.message}${hint}`;
}
