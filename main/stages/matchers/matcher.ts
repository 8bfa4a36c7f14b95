import type { Severity } from '#shared/reports/severity.ts';

/** A problem as a tool printed it. */
export interface Problem {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  /** As the tool wrote it; null: none of a file. */
  readonly file: string | null;
  /** 1-based. */
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Reads the problems that one family of tools prints among other things. Lines that it does not know are passed over. */
export interface ProblemMatcher {
  /** As findings name the tool: `tsc`, `gcc`. */
  readonly tool: string;
  /**
   * All problems of an output in their order.
   * @param lines without escape sequences and line ends
   */
  match(lines: readonly string[]): Iterable<Problem>;
}

/** What compilers call their two levels. */
export const severityOf = (word: string): Severity => {
  const level = word.toLowerCase();
  if (level.includes('error') || level === 'bug') return 'high';
  return level.startsWith('warn') ? 'medium' : 'info';
};

/** A line or a column of a text; null for what cannot be one. */
export function placeOf(text: string | undefined): number | null {
  const number = Number(text);
  return text !== undefined && Number.isSafeInteger(number) && number > 0 ? number : null;
}
