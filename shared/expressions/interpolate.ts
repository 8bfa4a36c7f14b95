import { Evaluator, data } from '@actions/expressions';
import { checkExpression } from './check-expression.ts';
import { findExpressions } from './find-expressions.ts';
import { CONTEXTS } from './names.ts';
import { referencesOf } from './references.ts';
import { parseExpression } from './syntax.ts';
import { toData } from './values.ts';

/** The values that expressions read, by context; one of `CONTEXTS` that is left out is empty. */
export type Contexts = Readonly<Record<string, unknown>>;

/** An expression that could not be evaluated. The message names it and says why. */
export class ExpressionFailure extends Error {
  override readonly name = 'ExpressionFailure';
  readonly expression: string;

  constructor(expression: string, reason: string, cause?: unknown) {
    super(`The expression \`${expression.trim().slice(0, 200)}\` cannot be evaluated: ${reason}`, { cause });
    this.expression = expression;
  }
}

function evaluate(expression: string, contexts: Contexts): data.ExpressionData {
  const parsed = parseExpression(expression);
  if (!parsed.ok) throw new ExpressionFailure(expression, parsed.fault.message);
  const [fault] = checkExpression(expression, { contexts: [...CONTEXTS, ...Object.keys(contexts)] }).faults;
  if (fault !== undefined) throw new ExpressionFailure(expression, fault.message);
  const known = new Map(Object.entries(contexts).map(([name, value]) => [name.toLowerCase(), value]));
  const dictionary = new data.Dictionary();
  for (const { context } of referencesOf(parsed.tree).contexts) {
    dictionary.add(context, toData(known.get(context.toLowerCase()) ?? {}));
  }
  try {
    return new Evaluator(parsed.tree, dictionary).evaluate();
  } catch (error) {
    throw new ExpressionFailure(expression, error instanceof Error ? error.message : String(error), error);
  }
}

/**
 * Replaces every `${{ }}` of a text by its value. A value that is missing is an empty text, as on GitHub.
 * @throws {ExpressionFailure} for an expression that is wrong or cannot be evaluated
 */
export function interpolate(template: string, contexts: Contexts): string {
  if (!template.includes('${{')) return template;
  let text = '';
  let end = 0;
  for (const found of findExpressions(template)) {
    if (!found.closed) throw new ExpressionFailure(found.expression, 'it is not closed by `}}`');
    text += template.slice(end, found.start) + evaluate(found.expression, contexts).coerceString();
    end = found.end;
  }
  return text + template.slice(end);
}
