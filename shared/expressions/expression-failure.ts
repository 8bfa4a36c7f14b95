import type { Contexts } from './contexts.ts';
import { valueIn } from './contexts.ts';
import type { ContextReference } from './references.ts';

const MAX_EXPRESSION = 200;
const MAX_VALUE = 80;
const MAX_VALUES = 8;

/** An expression that could not be evaluated. The message names it, says why, and shows what it read but secrets. */
export class ExpressionFailure extends Error {
  override readonly name = 'ExpressionFailure';
  readonly expression: string;

  constructor(expression: string, reason: string, seen: readonly string[] = []) {
    const values = seen.length === 0 ? '' : ` (${seen.join(', ')})`;
    const shown = expression.trim().slice(0, MAX_EXPRESSION);
    super(`The expression \`${shown}\` cannot be evaluated: ${reason}${values}`);
    this.expression = expression;
  }
}

function secretsOf(contexts: Contexts): readonly string[] {
  const secrets = valueIn(contexts, ['secrets']);
  if (typeof secrets !== 'object' || secrets === null) return [];
  return Object.values<unknown>({ ...secrets }).filter(
    (secret): secret is string => typeof secret === 'string' && secret !== '',
  );
}

/** A text without the secrets that the expression could read. */
export const withoutSecrets = (text: string, contexts: Contexts): string =>
  secretsOf(contexts).reduce((rest, secret) => rest.replaceAll(secret, '***'), text);

/** What an expression read, each as `inputs.x = "…"`; a value that holds a secret is not shown. */
export function describeValues(
  references: readonly ContextReference[],
  contexts: Contexts,
): readonly string[] {
  return readValues(references, contexts).map(({ name, value }) => `${name} = ${value}`);
}

/** What an expression read, by the name that it used, as JSON made short; a value that holds a secret is `***`. */
export function readValues(
  references: readonly ContextReference[],
  contexts: Contexts,
): readonly { readonly name: string; readonly value: string }[] {
  const secrets = secretsOf(contexts);
  const seen = new Map<string, string>();
  for (const { context, path } of references) {
    const known = path.slice(0, path.includes(null) ? path.indexOf(null) : undefined) as readonly string[];
    const value = valueIn(contexts, [context, ...known]);
    const text = value === undefined ? 'nothing' : JSON.stringify(value);
    const plain = typeof value === 'string' ? value : text;
    const isSecret = context.toLowerCase() === 'secrets' || secrets.some((secret) => plain.includes(secret));
    const shown = text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
    seen.set([context, ...known].join('.'), isSecret ? '***' : shown);
  }
  return [...seen].slice(0, MAX_VALUES).map(([name, value]) => ({ name, value }));
}
