import type { Issue, IssueSeverity } from '../lib/issue.ts';
import { MAX_ISSUES } from './limits.ts';
import type { Place } from './source-map.ts';

/** Gathers the issues of one file, each once per place, and at most `MAX_ISSUES` of them. */
export class IssueList {
  readonly #path: string;
  readonly #issues: Issue[] = [];
  readonly #seen = new Set<string>();
  #left = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whether more would only be counted, so that checks may skip the search for suggestions. */
  get full(): boolean {
    return this.#issues.length >= MAX_ISSUES;
  }

  /** How many there are, those included that are only counted. */
  get count(): number {
    return this.#issues.length + this.#left;
  }

  add(
    code: string,
    place: Pick<Place, 'line' | 'column' | 'file'> | null,
    message: string,
    hint: string | null = null,
    severity: IssueSeverity = 'error',
    path: string = place?.file ?? this.#path,
  ): void {
    const line = place?.line ?? null;
    const column = place?.column ?? null;
    // What an anchor holds is checked wherever an alias repeats it, but is one mistake.
    const key = `${code} ${path} ${line} ${column} ${message}`;
    if (this.#seen.has(key)) return;
    if (this.full) {
      this.#left += 1;
      return;
    }
    this.#seen.add(key);
    this.#issues.push({ code, severity, path, line, column, message, hint });
  }

  /** Takes over the issues of another file. */
  addAll(issues: readonly Issue[]): void {
    for (const { code, severity, path, line, column, message, hint } of issues) {
      const place = line === null ? null : { line, column: column ?? 1, file: path };
      this.add(code, place, message, hint, severity, path);
    }
  }

  /** The issues in the order of their places, those of the file itself first. */
  sorted(): readonly Issue[] {
    const issues = this.#issues.toSorted(
      (left, right) =>
        Number(left.path !== this.#path) - Number(right.path !== this.#path) ||
        left.path.localeCompare(right.path) ||
        (left.line ?? 0) - (right.line ?? 0) ||
        (left.column ?? 0) - (right.column ?? 0),
    );
    if (this.#left === 0) return issues;
    const message = `${this.#left} more issues are not shown`;
    const rest: Issue = {
      code: 'too-many-issues',
      severity: 'error',
      path: this.#path,
      line: null,
      column: null,
      message,
      hint: null,
    };
    return [...issues, rest];
  }
}

/** Whether anything stands in the way of a run. */
export const hasErrors = (issues: readonly Issue[]): boolean =>
  issues.some((issue) => issue.severity === 'error');
