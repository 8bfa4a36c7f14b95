import type { z } from 'zod';
import { describeTypes, describeValue, quote } from './describe-value.ts';
import type { IssueList } from './issue-list.ts';
import { valueAt } from './source-map.ts';
import type { SourceMap, ValuePath } from './source-map.ts';
import type { Suggest } from './suggest.ts';
import { foreignKeyHint } from './foreign-keys.ts';

type ZodIssue = z.core.$ZodIssue;

/** What zod itself says, where our schema gives no message of its own. */
const isDefault = (message: string): boolean => /^(Invalid|Too |Unrecognized)/.test(message);

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** The branches of a union that take the kind of value that was found, so that their finer issues count. */
function fittingBranches(issue: z.core.$ZodIssueInvalidUnion, value: unknown): readonly ZodIssue[][] {
  return issue.errors.filter((branch) =>
    branch.every((inner) => {
      if (inner.path.length > 0) return true;
      if (inner.code === 'invalid_value') return typeOf(value) === 'string';
      return inner.code !== 'invalid_type';
    }),
  );
}

function expectedTypes(issues: readonly ZodIssue[]): string[] {
  return issues.flatMap((issue) => {
    if (issue.path.length > 0) return [];
    if (issue.code === 'invalid_type') return [issue.expected];
    if (issue.code === 'invalid_value') return ['string'];
    return issue.code === 'invalid_union' ? issue.errors.flatMap(expectedTypes) : ['string'];
  });
}

/** Says what the schema found wrong in a value, each at its place, in sentences about the file. */
export class SchemaIssueReporter {
  readonly #issues: IssueList;
  readonly #source: SourceMap;
  readonly #root: unknown;
  readonly #suggest: Suggest;

  constructor(issues: IssueList, source: SourceMap, root: unknown, suggest: Suggest) {
    this.#issues = issues;
    this.#source = source;
    this.#root = root;
    this.#suggest = suggest;
  }

  report(issue: ZodIssue, around: ValuePath = []): void {
    const path = [...around, ...(issue.path as (string | number)[])];
    // What a template holds is said once, of the template.
    if (path[0] !== 'templates' && this.#source.isInherited(path)) return;
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) this.#reportUnknownKey(key, path, issue.message.split(' '));
    } else if (issue.code === 'invalid_key') {
      const rule = issue.issues[0]?.message ?? 'is not allowed here';
      this.#issues.add(
        'invalid-name',
        this.#source.key(path),
        `The name ${quote(String(path.at(-1)))} ${rule}`,
      );
    } else if (issue.code === 'invalid_union') this.#reportUnion(issue, path);
    else if (issue.code === 'invalid_type') this.#reportType(path, [issue.expected]);
    else
      this.#reportValue(path, isDefault(issue.message) ? `is not allowed (${issue.message})` : issue.message);
  }

  #reportUnion(issue: z.core.$ZodIssueInvalidUnion, path: ValuePath): void {
    const value = valueAt(this.#root, path);
    if (!isDefault(issue.message)) {
      this.#reportValue(path, issue.message);
      return;
    }
    const fitting = fittingBranches(issue, value);
    if (fitting.length === 0) {
      this.#reportType(path, issue.errors.flatMap(expectedTypes));
      return;
    }
    // The branch that comes closest is the one that the writer meant.
    const closest = fitting.reduce((best, branch) => (branch.length < best.length ? branch : best));
    for (const inner of closest) this.report(inner, path);
  }

  #reportUnknownKey(key: string, path: ValuePath, known: readonly string[]): void {
    if (path[0] !== 'templates' && this.#source.isInherited([...path, key])) return;
    const close = this.#suggest(key, known);
    const hint =
      foreignKeyHint(key, known) ??
      (close === null ? `known here: ${known.join(', ')}` : `did you mean \`${close}\`?`);
    const where = path.length === 0 ? 'at the top of the file' : `in ${this.#nameOf(path)}`;
    this.#issues.add(
      'unknown-key',
      this.#source.key([...path, key]),
      `Unknown key ${quote(key)} ${where}`,
      hint,
    );
  }

  #reportType(path: ValuePath, expected: readonly string[]): void {
    const value = valueAt(this.#root, path);
    const last = path.at(-1);
    if (value === undefined && typeof last === 'string') {
      const where = path.length === 1 ? 'The file' : this.#capital(this.#nameOf(path.slice(0, -1)));
      this.#issues.add('missing-key', this.#source.key(path.slice(0, -1)), `${where} has no \`${last}\``);
      return;
    }
    const place = value === null ? this.#source.key(path) : this.#source.value(path);
    const message = `${this.#capital(this.#nameOf(path))} must be ${describeTypes(expected)}, but is ${describeValue(value)}`;
    this.#issues.add('wrong-type', place, message);
  }

  #reportValue(path: ValuePath, predicate: string): void {
    const value = valueAt(this.#root, path);
    const place = value === null ? this.#source.key(path) : this.#source.value(path);
    const found = predicate.startsWith('must') ? `, but is ${describeValue(value)}` : '';
    this.#issues.add('invalid-value', place, `${this.#capital(this.#nameOf(path))} ${predicate}${found}`);
  }

  /** `stages.build.needs`, `item 2 of stages.build.needs`, `the file`. */
  #nameOf(path: ValuePath): string {
    const last = path.at(-1);
    if (last === undefined) return 'the file';
    if (typeof last === 'number') return `item ${last + 1} of ${this.#nameOf(path.slice(0, -1))}`;
    return quotePath(path);
  }

  #capital(text: string): string {
    return text.charAt(0).toUpperCase() + text.slice(1);
  }
}

const quotePath = (path: ValuePath): string =>
  `\`${path
    .map((step) => (typeof step === 'number' ? `[${step}]` : step))
    .join('.')
    .replaceAll('.[', '[')}\``;
