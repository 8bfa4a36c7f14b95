import type { Contexts } from './contexts.ts';
import { evaluateExpression } from './evaluate-expression.ts';
import type { ExpressionFunctions } from './evaluate-expression.ts';
import { wholeExpression } from './find-expressions.ts';
import { referencesOf } from './references.ts';
import { parseExpression } from './syntax.ts';
import { fromData, isTruthy } from './values.ts';

/** How what came before has ended; what `success()`, `failure()` and `cancelled()` answer. */
export interface ConditionStatus {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

export type StatusUse = 'none' | 'success-or-failure' | 'always-or-cancelled';

const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, StatusUse>();

const bare = (source: string): string => wholeExpression(source) ?? source;

/**
 * Which functions of status a condition calls: without any, `success()` is understood. `always-or-cancelled` also
 * runs when the run was cancelled. A condition with wrong grammar calls none. Remembers answers.
 */
export function usesStatusFunction(source: string): StatusUse {
  const known = remembered.get(source);
  if (known !== undefined) return known;
  const parsed = parseExpression(bare(source));
  const calls = parsed.ok ? referencesOf(parsed.tree).functions.map(({ name }) => name.toLowerCase()) : [];
  let use: StatusUse = 'none';
  if (calls.some((name) => name === 'always' || name === 'cancelled')) use = 'always-or-cancelled';
  else if (calls.some((name) => name === 'success' || name === 'failure')) use = 'success-or-failure';
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(source, use);
  return use;
}

/**
 * Evaluates an `if`, with or without `${{ }}` around it, by GitHub's rule: `success() && (…)` unless it calls a function
 * of status itself.
 * @returns whether it holds, and the value that it came to (false where it was not looked at)
 * @throws {ExpressionFailure} for a condition that is wrong or cannot be evaluated
 */
export function evaluateCondition(
  source: string,
  contexts: Contexts,
  status: ConditionStatus,
  functions: ExpressionFunctions = {},
): { readonly result: boolean; readonly value: unknown } {
  if (!status.success && usesStatusFunction(source) === 'none') return { result: false, value: false };
  const value = evaluateExpression(bare(source), contexts, functions, { ...status, always: true });
  return { result: isTruthy(value), value: fromData(value) };
}
