import { wellKnownFunctions } from '@actions/expressions';
import { FUNCTIONS, PLACED_FUNCTIONS } from './names.ts';
import { referencesOf } from './references.ts';
import type { ContextReference, FunctionReference } from './references.ts';
import { parseExpression } from './syntax.ts';

/** Something wrong with an expression; `offset` counts UTF-16 code units of the expression, `name` is the unknown one. */
export interface ExpressionFault {
  readonly code: 'expression-syntax' | 'unknown-context' | 'unknown-function' | 'wrong-arguments';
  readonly message: string;
  readonly offset: number;
  readonly name: string | null;
}

export interface CheckedExpression {
  readonly faults: readonly ExpressionFault[];
  /** What it reads, with offsets; empty when the grammar does not know it. */
  readonly contexts: readonly ContextReference[];
  /** What it calls, likewise. */
  readonly functions: readonly FunctionReference[];
}

/** What an expression may name; without regard to case, as on GitHub. */
export interface KnownNames {
  readonly contexts: Iterable<string>;
  /** Functions beyond those of `FUNCTIONS`. */
  readonly functions?: Iterable<string>;
}

const lower = (names: Iterable<string>): Set<string> => new Set([...names].map((name) => name.toLowerCase()));

const BUILT_IN = new Map([...FUNCTIONS].map(([name, arity]) => [name.toLowerCase(), arity] as const));

const PLACED = new Map([...PLACED_FUNCTIONS].map(([name, arity]) => [name.toLowerCase(), arity] as const));

/** Whether a function is the library's own (and not something that every object inherits). */
export const isBuiltIn = (name: string): boolean =>
  BUILT_IN.has(name.toLowerCase()) && Object.hasOwn(wellKnownFunctions, name.toLowerCase());

function checkCall(call: FunctionReference, known: ReadonlySet<string>): ExpressionFault | null {
  const arity = PLACED.get(call.name.toLowerCase());
  if (arity !== undefined && known.has(call.name.toLowerCase())) {
    if (call.parameters >= arity[0] && call.parameters <= arity[1]) return null;
    const few = arity[1] === 0 ? 'no parameters' : 'at least one parameter';
    const message = `The function \`${call.name}\` takes ${few}`;
    return { code: 'wrong-arguments', message, offset: call.column, name: null };
  }
  if (known.has(call.name.toLowerCase()) || isBuiltIn(call.name)) return null;
  return {
    code: 'unknown-function',
    message: `There is no function \`${call.name}\``,
    offset: call.column,
    name: call.name,
  };
}

/** Checks an expression without its braces. Never throws. */
export function checkExpression(expression: string, known: KnownNames): CheckedExpression {
  // On one line the library's columns are offsets.
  const parsed = parseExpression(expression.replaceAll('\n', ' '));
  if (!parsed.ok) {
    const { message, offset } = parsed.fault;
    const code = /parameters? supplied/.test(message) ? 'wrong-arguments' : 'expression-syntax';
    const sentence = `The expression \`${expression.trim().slice(0, 60)}\` is wrong: ${message}`;
    return { faults: [{ code, message: sentence, offset, name: null }], contexts: [], functions: [] };
  }
  const references = referencesOf(parsed.tree);
  const contexts = lower(known.contexts);
  const functions = lower(known.functions ?? []);
  const faults: ExpressionFault[] = [];
  for (const { context, column } of references.contexts) {
    if (contexts.has(context.toLowerCase())) continue;
    faults.push({
      code: 'unknown-context',
      message: `There is no context \`${context}\` here`,
      offset: column,
      name: context,
    });
  }
  for (const call of references.functions) {
    const fault = checkCall(call, functions);
    if (fault !== null) faults.push(fault);
  }
  return { faults, ...references };
}
