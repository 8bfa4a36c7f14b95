import { Evaluator, data } from '@actions/expressions';
import type { Expr } from '@actions/expressions';
import { checkExpression } from './check-expression.ts';
import type { Contexts } from './contexts.ts';
import { ExpressionFailure, describeValues, withoutSecrets } from './expression-failure.ts';
import { CONTEXTS } from './names.ts';
import { referencesOf } from './references.ts';
import { parseExpression } from './syntax.ts';
import { toData } from './values.ts';

/** What expressions may call beside the built-in functions, where they stand. */
export interface ExpressionFunctions {
  /** One hash over the files that match; '' when none does. */
  readonly hashFiles?: (patterns: string[]) => string;
}

type Call = (...parameters: data.ExpressionData[]) => data.ExpressionData;

function callsOf({ hashFiles }: ExpressionFunctions): Map<string, Call> {
  const calls = new Map<string, Call>();
  if (hashFiles !== undefined) {
    calls.set('hashFiles', (...patterns) =>
      toData(hashFiles(patterns.map((pattern) => pattern.coerceString()))),
    );
  }
  return calls;
}

/**
 * Evaluates an expression without its braces.
 * @param status values of `success()` and its like; null outside of conditions
 * @throws {ExpressionFailure} for an expression that is wrong or cannot be evaluated
 */
export function evaluateExpression(
  expression: string,
  contexts: Contexts,
  functions: ExpressionFunctions,
  status: Readonly<Record<string, boolean>> | null,
): data.ExpressionData {
  const tree = checkedTree(expression, contexts, functions, status);
  return evaluateTree(tree, expression, contexts, functions, status);
}

/**
 * What an expression without its braces parses to, once it names nothing that is not there.
 * @throws {ExpressionFailure} for an expression that is wrong
 */
export function checkedTree(
  expression: string,
  contexts: Contexts,
  functions: ExpressionFunctions,
  status: Readonly<Record<string, boolean>> | null,
): Expr {
  const parsed = parseExpression(expression);
  if (!parsed.ok) throw new ExpressionFailure(expression, parsed.fault.message);
  const calls = [...callsOf(functions).keys(), ...Object.keys(status ?? {})];
  const known = { contexts: [...CONTEXTS, ...Object.keys(contexts)], functions: calls };
  const [fault] = checkExpression(expression, known).faults;
  if (fault !== undefined) throw new ExpressionFailure(expression, fault.message);
  return parsed.tree;
}

/**
 * Evaluates a checked expression or a part of one.
 * @param expression the whole of it, for the message
 * @throws {ExpressionFailure} when it cannot be evaluated
 */
export function evaluateTree(
  tree: Expr,
  expression: string,
  contexts: Contexts,
  functions: ExpressionFunctions,
  status: Readonly<Record<string, boolean>> | null,
): data.ExpressionData {
  const calls = callsOf(functions);
  for (const [name, value] of Object.entries(status ?? {})) calls.set(name, () => toData(value));
  // Only what it reads is looked at: some values cost an evaluation themselves, which may fail.
  const names = new Map(Object.keys(contexts).map((name) => [name.toLowerCase(), name]));
  const references = referencesOf(tree).contexts;
  const dictionary = new data.Dictionary();
  for (const { context } of references) {
    dictionary.add(context, toData(contexts[names.get(context.toLowerCase()) ?? context] ?? {}));
  }
  const definitions = [...calls].map(
    ([name, call]) => [name.toLowerCase(), { name, minArgs: 0, maxArgs: 255, call }] as const,
  );
  try {
    return new Evaluator(tree, dictionary, new Map(definitions)).evaluate();
  } catch (error) {
    // The fault itself is not passed on as the cause: its message may quote what it stumbled over, a secret for one.
    const reason = withoutSecrets(error instanceof Error ? error.message : String(error), contexts);
    throw new ExpressionFailure(expression, reason, describeValues(references, contexts));
  }
}
