import type { Contexts } from '#shared/expressions/contexts.ts';
import { findExpressions } from '#shared/expressions/find-expressions.ts';
import { evaluateValue } from '#shared/expressions/interpolate.ts';
import { type ContextReference, referencesOf } from '#shared/expressions/references.ts';
import { parseExpression } from '#shared/expressions/syntax.ts';

export type IsKnown = (reference: ContextReference) => boolean;

/** The files of a stage are those that the run will have made. */
export const WITHOUT_FILES = { hashFiles: () => '' };

/**
 * The value of a text; undefined for one that reads what is not known.
 * @throws {ExpressionFailure} for an expression that is wrong or cannot be evaluated
 */
export function evaluateKnown(
  text: string,
  contexts: Contexts,
  isKnown: IsKnown,
): { readonly value: unknown } | undefined {
  const isSure = findExpressions(text).every(({ expression }) => {
    const parsed = parseExpression(expression);
    return !parsed.ok || referencesOf(parsed.tree).contexts.every(isKnown);
  });
  return isSure ? { value: evaluateValue(text, contexts, WITHOUT_FILES) } : undefined;
}
