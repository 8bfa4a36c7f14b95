import { findExpressions } from '../expressions/find-expressions.ts';
import { referencesOf } from '../expressions/references.ts';
import { parseExpression } from '../expressions/syntax.ts';

/** Contexts whose values are known when a stage enters the plan. */
export const EARLY_CONTEXTS: readonly string[] = ['inputs', 'vars', 'matrix'];

/** Whether all expressions of a text can be evaluated then. */
export function isEarly(text: string): boolean {
  return findExpressions(text).every(({ expression, closed }) => {
    const parsed = parseExpression(expression);
    if (!closed || !parsed.ok) return false;
    return referencesOf(parsed.tree).contexts.every(({ context }) =>
      EARLY_CONTEXTS.includes(context.toLowerCase()),
    );
  });
}
