import type { Issue } from '#shared/lib/issue.ts';
import { formatSize } from '#shared/lib/sizes.ts';

/** Largest report file that is read at all. */
export const MAX_REPORT_BYTES = 200_000_000;

export type ReportIssueCode =
  | 'no-reports-found'
  | 'report-broken-json'
  | 'report-broken-xml'
  | 'report-doctype'
  | 'report-empty'
  | 'report-encoding'
  | 'report-not-coverage'
  | 'report-not-cyclonedx'
  | 'report-not-findings'
  | 'report-not-in-toto'
  | 'report-not-lcov'
  | 'report-not-tests'
  | 'report-not-xml'
  | 'report-outside-workspace'
  | 'report-too-large'
  | 'report-truncated'
  | 'report-unreadable';

export interface IssueRest {
  readonly severity?: 'error' | 'warning';
  readonly line?: number | null;
  readonly column?: number | null;
  readonly hint?: string;
}

/** A problem with the report file `path`; an error unless said otherwise. */
export function reportIssue(
  path: string,
  code: ReportIssueCode,
  message: string,
  rest: IssueRest = {},
): Issue {
  return {
    code,
    severity: rest.severity ?? 'error',
    path,
    line: rest.line ?? null,
    column: rest.column ?? null,
    message,
    hint: rest.hint ?? null,
  };
}

/** The issue of a report with more bytes than are read; null for others. */
export function tooLarge({ byteLength }: Pick<Uint8Array, 'byteLength'>, path: string): Issue | null {
  if (byteLength <= MAX_REPORT_BYTES) return null;
  const limit = `more than the ${formatSize(MAX_REPORT_BYTES)} that are read`;
  return reportIssue(path, 'report-too-large', `The report has ${formatSize(byteLength)}, ${limit}.`);
}
