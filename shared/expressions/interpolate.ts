import type { Contexts } from './contexts.ts';
import { evaluateExpression } from './evaluate-expression.ts';
import type { ExpressionFunctions } from './evaluate-expression.ts';
import { ExpressionFailure } from './expression-failure.ts';
import { findExpressions, wholeExpression } from './find-expressions.ts';
import { fromData } from './values.ts';

/**
 * Replaces every `${{ }}` of a text by its value. A value that is missing is an empty text, as on GitHub.
 * @throws {ExpressionFailure} for an expression that is wrong or cannot be evaluated
 */
export function interpolate(
  template: string,
  contexts: Contexts,
  functions: ExpressionFunctions = {},
): string {
  if (!template.includes('${{')) return template;
  let text = '';
  let end = 0;
  for (const found of findExpressions(template)) {
    if (!found.closed) throw new ExpressionFailure(found.expression, 'it is not closed by `}}`');
    const value = evaluateExpression(found.expression, contexts, functions, null);
    text += template.slice(end, found.start) + value.coerceString();
    end = found.end;
  }
  return text + template.slice(end);
}

/**
 * The value of a text: that of the expression, with its type, when the text is one expression, else the text with its
 * expressions replaced.
 * @throws {ExpressionFailure} as `interpolate` does
 */
export function evaluateValue(
  template: string,
  contexts: Contexts,
  functions: ExpressionFunctions = {},
): unknown {
  const expression = wholeExpression(template);
  if (expression === null) return interpolate(template, contexts, functions);
  return fromData(evaluateExpression(expression, contexts, functions, null));
}
