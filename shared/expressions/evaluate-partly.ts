import type { Expr } from '@actions/expressions';
import { FunctionCall, Grouping, Logical, Unary } from '@actions/expressions/ast';
import { TokenType } from '@actions/expressions/lexer';
import type { Contexts } from './contexts.ts';
import { usesStatusFunction } from './evaluate-condition.ts';
import { checkedTree, evaluateTree, type ExpressionFunctions } from './evaluate-expression.ts';
import { readValues } from './expression-failure.ts';
import { wholeExpression } from './find-expressions.ts';
import { STATUS_FUNCTIONS } from './names.ts';
import { type ContextReference, referencesOf } from './references.ts';
import { isTruthy } from './values.ts';

/** Null: not known yet. */
export type Verdict = boolean | null;

/** How what came before will have ended, as far as that is known; what `success()` and its like answer. */
export type ExpectedStatus = Readonly<Record<'success' | 'failure' | 'cancelled', Verdict>>;

export interface SeenValue {
  /** As the condition names it: `git.branch`. */
  readonly name: string;
  /** As JSON, made short; null: not known yet. */
  readonly value: string | null;
}

export interface PartialCondition {
  readonly result: Verdict;
  /** What the condition reads, whether or not that decided it. */
  readonly values: readonly SeenValue[];
}

/** Answers that no evaluation gets to see: parts that call such a function are decided here. */
const UNSEEN = { success: true, failure: false, cancelled: false, always: true };
const STATUS: ReadonlySet<string> = new Set(STATUS_FUNCTIONS);

/**
 * Evaluates an `if` of which some values are not known yet, in three-valued logic: what is known may decide it all the
 * same, as in `git.branch == 'main' && needs.a.outputs.b` on another branch. Otherwise by the rules of `evaluateCondition`.
 * @throws {ExpressionFailure} for a condition that is wrong, or a known part of it that cannot be evaluated
 */
export function evaluatePartly(
  source: string,
  contexts: Contexts,
  status: ExpectedStatus,
  isKnown: (reference: ContextReference) => boolean,
  functions: ExpressionFunctions = {},
): PartialCondition {
  const expression = wholeExpression(source) ?? source;
  const tree = checkedTree(expression, contexts, functions, UNSEEN);
  const values = valuesOf(referencesOf(tree).contexts, contexts, isKnown);
  const answers: Readonly<Record<string, Verdict>> = { ...status, always: true };

  function evaluate(part: Expr): Verdict {
    if (part instanceof Grouping) return evaluate(part.group);
    if (part instanceof Unary && part.operator.type === TokenType.BANG) return not(evaluate(part.expr));
    if (part instanceof Logical) {
      return part.operator.type === TokenType.AND
        ? every(part.args, evaluate)
        : not(every(part.args, (arg) => not(evaluate(arg))));
    }
    const status = part instanceof FunctionCall ? part.functionName.lexeme.toLowerCase() : '';
    if (STATUS.has(status)) return answers[status] ?? null;
    const { contexts: read, functions: called } = referencesOf(part);
    if (!read.every(isKnown) || called.some(({ name }) => STATUS.has(name.toLowerCase()))) return null;
    return isTruthy(evaluateTree(part, expression, contexts, functions, null));
  }

  const isImplied = usesStatusFunction(source) === 'none';
  // As a run does: after a failure the condition is not looked at, so that a fault in it does not matter.
  if (isImplied && status.success === false) return { result: false, values };
  const result = evaluate(tree);
  return { result: isImplied ? every([status.success, result], (verdict) => verdict) : result, values };
}

const not = (verdict: Verdict): Verdict => (verdict === null ? null : !verdict);

/** Stops at the first that does not hold, as an evaluation does. */
function every<Item>(items: readonly Item[], evaluate: (item: Item) => Verdict): Verdict {
  let result: Verdict = true;
  for (const item of items) {
    const verdict = evaluate(item);
    if (verdict === false) return false;
    if (verdict === null) result = null;
  }
  return result;
}

function valuesOf(
  references: readonly ContextReference[],
  contexts: Contexts,
  isKnown: (reference: ContextReference) => boolean,
): SeenValue[] {
  const known = readValues(references.filter(isKnown), contexts);
  const unknown = references.filter((reference) => !isKnown(reference));
  const names = new Set(
    unknown.map(({ context, path }) => [context, ...path.map((at) => at ?? '*')].join('.')),
  );
  return [...known, ...[...names].map((name) => ({ name, value: null }))];
}
