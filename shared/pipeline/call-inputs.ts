import { expressionOf, literal } from '../expressions/rewrite.ts';
import { quote } from './describe-value.ts';
import { IssueList } from './issue-list.ts';
import type { Pipeline } from './pipeline.ts';
import { missingValue, valueOf } from './resolve-inputs.ts';
import type { Suggest } from './suggest.ts';

/** Something wrong with what a caller hands over; `key` is the entry of `with`, null for one that is missing. */
export interface CallProblem {
  readonly code: string;
  readonly key: string | null;
  readonly message: string;
  readonly hint: string | null;
}

/** The inputs of a called pipeline as expressions of its caller, and what is wrong with those that the caller gives. */
export function callInputs(
  called: Pipeline,
  given: Readonly<Record<string, string>>,
  suggest: Suggest,
): { readonly values: ReadonlyMap<string, string>; readonly problems: readonly CallProblem[] } {
  const ids = called.inputs.map((input) => input.id);
  const problems: CallProblem[] = [];
  for (const key of Object.keys(given)) {
    if (ids.includes(key)) continue;
    const close = suggest(key, ids);
    const declared = ids.length === 0 ? 'it has no inputs' : `its inputs are ${ids.join(', ')}`;
    const hint = close === null ? declared : `did you mean \`${close}\`?`;
    problems.push({
      code: 'unknown-input',
      key,
      message: `The called pipeline has no input ${quote(key)}`,
      hint,
    });
  }
  const values = new Map<string, string>();
  for (const input of called.inputs) {
    const text = Object.hasOwn(given, input.id) ? given[input.id]! : null;
    if (text?.includes('${{') === true) {
      values.set(input.id, expressionOf(text));
      continue;
    }
    const issues = new IssueList(called.path);
    const value = text === null ? missingValue(input, issues) : valueOf(input, text, issues);
    const key = text === null ? null : input.id;
    for (const { code, message } of issues.sorted()) problems.push({ code, key, message, hint: null });
    values.set(input.id, value === null ? "''" : literal(value));
  }
  return { values, problems };
}
