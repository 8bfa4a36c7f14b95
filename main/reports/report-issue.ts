import type { Issue } from '#shared/lib/issue.ts';

/** Largest report file that is read at all. */
export const MAX_REPORT_BYTES = 200_000_000;

export type ReportIssueCode =
  | 'no-reports-found'
  | 'report-broken-xml'
  | 'report-doctype'
  | 'report-empty'
  | 'report-encoding'
  | 'report-not-junit'
  | 'report-not-lcov'
  | 'report-not-xml'
  | 'report-outside-workspace'
  | 'report-too-large'
  | 'report-truncated'
  | 'report-unreadable';

interface Rest {
  readonly severity?: 'error' | 'warning';
  readonly line?: number | null;
  readonly column?: number | null;
  readonly hint?: string;
}

/** A problem with the report file `path`; an error unless said otherwise. */
export function reportIssue(path: string, code: ReportIssueCode, message: string, rest: Rest = {}): Issue {
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
