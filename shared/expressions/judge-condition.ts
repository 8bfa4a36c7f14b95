import type { Expr } from '@actions/expressions';
import { Binary, Grouping, Logical, Unary } from '@actions/expressions/ast';
import { TokenType } from '@actions/expressions/lexer';
import type { Contexts } from './contexts.ts';
import { checkedTree, evaluateTree } from './evaluate-expression.ts';
import { describeValues, ExpressionFailure, withoutSecrets } from './expression-failure.ts';
import { wholeExpression } from './find-expressions.ts';
import { type ContextReference, referencesOf } from './references.ts';
import { fromData, isTruthy } from './values.ts';

/** What a demand came to: whether it is met, and in one sentence why not. */
export type Judgement = { readonly holds: true } | { readonly holds: false; readonly why: string };

const HOLDS: Judgement = { holds: true };

/**
 * Judges a demand on values, such as `coverage.lines >= 80`, with or without `${{ }}` around it. Unlike elsewhere, a value that is not there, or was
 * not measured, is a fault with its name: nothing is met by what nobody looked at. What `&&` and `||` do not come to is not read.
 * @throws {ExpressionFailure} for an expression that is wrong, or that reads what is not there
 */
export function judgeCondition(source: string, contexts: Contexts): Judgement {
  const expression = (wholeExpression(source) ?? source).trim();
  const tree = checkedTree(expression, contexts, {}, null);

  function judge(part: Expr): Judgement {
    if (part instanceof Grouping) return judge(part.group);
    if (part instanceof Logical)
      return part.operator.type === TokenType.AND ? all(part.args) : any(part.args);
    if (part instanceof Unary && part.operator.type === TokenType.BANG) {
      return judge(part.expr).holds ? { holds: false, why: seen(part) } : HOLDS;
    }
    requireValues(part, expression, contexts);
    const value = evaluateTree(part, expression, contexts, {}, null);
    if (isTruthy(value)) return HOLDS;
    return { holds: false, why: part instanceof Binary ? compared(part, expression, contexts) : seen(part) };
  }

  function all(parts: readonly Expr[]): Judgement {
    for (const part of parts) {
      const judgement = judge(part);
      if (!judgement.holds) return judgement;
    }
    return HOLDS;
  }

  function any(parts: readonly Expr[]): Judgement {
    const reasons: string[] = [];
    for (const part of parts) {
      const judgement = judge(part);
      if (judgement.holds) return HOLDS;
      reasons.push(judgement.why);
    }
    return { holds: false, why: reasons.join(', and ') };
  }

  function seen(part: Expr): string {
    const values = describeValues(referencesOf(part).contexts, contexts);
    return `\`${expression}\` does not hold${values.length === 0 ? '' : ` (${values.join(', ')})`}`;
  }

  return judge(tree);
}

/** `coverage.lines is 78.2, not >= 80`. */
function compared({ left, operator, right }: Binary, expression: string, contexts: Contexts): string {
  const say = (part: Expr): string => {
    const value: unknown = fromData(evaluateTree(part, expression, contexts, {}, null));
    return withoutSecrets(typeof value === 'string' ? `'${value}'` : JSON.stringify(value), contexts);
  };
  const [name] = namesIn(left);
  const [other] = namesIn(right);
  const wanted = other === undefined ? say(right) : `${other} (${say(right)})`;
  if (name === undefined) return `${say(left)} is not ${operator.lexeme} ${wanted}`;
  return `${name} is ${say(left)}, not ${operator.lexeme} ${wanted}`;
}

const namesIn = (part: Expr): readonly string[] => referencesOf(part).contexts.map(nameOf);

function nameOf({ context, path }: ContextReference): string {
  return path.reduce<string>((name, step) => {
    if (step === null) return `${name}[…]`;
    return /^[A-Za-z_][\w-]*$/.test(step) ? `${name}.${step}` : `${name}['${step}']`;
  }, context);
}

/** Contexts that GitHub's rule holds for: a value that is not there is empty. */
const LENIENT = new Set(['inputs', 'env', 'matrix', 'vars', 'needs', 'git', 'run', 'stage', 'steps']);

function requireValues(part: Expr, expression: string, contexts: Contexts): void {
  for (const reference of referencesOf(part).contexts) {
    if (LENIENT.has(reference.context.toLowerCase())) continue;
    let value: unknown = contexts;
    for (const step of [reference.context, ...reference.path]) {
      if (step === null) return;
      value = keyed(value, step);
      if (value === undefined)
        throw new ExpressionFailure(expression, `there is no \`${nameOf(reference)}\``);
    }
    if (value === null) throw new ExpressionFailure(expression, `\`${nameOf(reference)}\` was not measured`);
  }
}

function keyed(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return (value as unknown[])[Number(step)];
  const key = Object.keys(value).find((name) => name.toLowerCase() === step.toLowerCase());
  return key === undefined ? undefined : (value as Record<string, unknown>)[key];
}
