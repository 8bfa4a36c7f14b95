import type { Contexts } from '#shared/expressions/contexts.ts';
import { valueIn } from '#shared/expressions/contexts.ts';
import { evaluatePartly } from '#shared/expressions/evaluate-partly.ts';
import { ExpressionFailure } from '#shared/expressions/expression-failure.ts';
import { findExpressions } from '#shared/expressions/find-expressions.ts';
import { evaluateValue } from '#shared/expressions/interpolate.ts';
import { type ContextReference, referencesOf } from '#shared/expressions/references.ts';
import { parseExpression } from '#shared/expressions/syntax.ts';
import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { valueAt, type ValuePath } from '#shared/pipeline/source-map.ts';

/** What an expression gives, as far as the file alone says it. */
export type ExpressionPreview =
  | { readonly type: 'value'; readonly text: string }
  /** Known in the run only: the names that it waits for. */
  | { readonly type: 'later'; readonly names: readonly string[] }
  | { readonly type: 'fault'; readonly message: string };

/**
 * What is known before a run: the defaults of inputs, fixed values, variables without expressions, the branch.
 * @param root the plain value of the file
 * @param branch of the project now; null when there is none
 */
export function knownContexts(root: unknown, path: ValuePath, branch: string | null): Contexts {
  const file = mappingOf(root);
  const isInPipeline = path[0] === 'pipelines' && path.length > 2;
  const part = isInPipeline ? mappingOf(valueAt(root, path.slice(0, 2))) : file;
  const inner = isInPipeline ? path.slice(2) : path;
  const stage = inner[0] === 'stages' ? mappingOf(valueAt(part, inner.slice(0, 2))) : {};
  const inputs = Object.entries(mappingOf(part['inputs'])).flatMap(([name, input]) => {
    const { default: initial } = mappingOf(input);
    return initial === undefined ? [] : [[name, initial] as const];
  });
  const env = { ...mappingOf(file['env']), ...mappingOf(part['env']), ...mappingOf(stage['env']) };
  const id = inner[0] === 'stages' ? String(inner[1]) : undefined;
  return {
    inputs: Object.fromEntries(inputs),
    vars: plain(file['vars']),
    env: plain(env),
    git: branch === null ? {} : { branch },
    stage: id === undefined ? {} : { id, name: stage['name'] ?? id },
  };
}

/** Entries whose value needs no evaluation. */
const plain = (value: unknown): Contexts =>
  Object.fromEntries(
    Object.entries(mappingOf(value)).filter(
      ([, entry]) => !(typeof entry === 'string' && entry.includes('${{')),
    ),
  );

/** @param isBare the text is an expression as a whole, as in an `if` */
export function previewOf(text: string, known: Contexts, isBare: boolean): ExpressionPreview | null {
  if (isBare) return text.trim() === '' ? null : previewCondition(text, known);
  const expressions = findExpressions(text);
  if (expressions.length === 0) return null;
  const names = new Set<string>();
  for (const { expression, closed } of expressions) {
    if (!closed) return { type: 'fault', message: 'End the expression with }}.' };
    const parsed = parseExpression(expression);
    if (!parsed.ok) return { type: 'fault', message: sentence(parsed.fault.message) };
    const { contexts, functions } = referencesOf(parsed.tree);
    for (const reference of contexts) if (!isKnown(reference, known)) names.add(wordsOf(reference));
    for (const { name } of functions) if (name.toLowerCase() === 'hashfiles') names.add('the files');
  }
  if (names.size > 0) return { type: 'later', names: [...names] };
  return guarded(() => {
    const value = evaluateValue(text, known);
    return { type: 'value', text: typeof value === 'string' ? value : JSON.stringify(value) };
  });
}

/** As it would be if everything before succeeds. */
function previewCondition(text: string, known: Contexts): ExpressionPreview {
  return guarded(() => {
    const expected = { success: true, failure: false, cancelled: false };
    const { result, values } = evaluatePartly(text, known, expected, (reference) =>
      isKnown(reference, known),
    );
    if (result !== null) return { type: 'value', text: result ? 'runs' : 'is skipped' };
    return { type: 'later', names: values.filter(({ value }) => value === null).map(({ name }) => name) };
  });
}

function guarded(evaluate: () => ExpressionPreview): ExpressionPreview {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof ExpressionFailure) return { type: 'fault', message: error.message };
    throw error;
  }
}

const isKnown = ({ context, path }: ContextReference, known: Contexts): boolean =>
  path.length > 0 && path.every((step) => step !== null) && valueIn(known, [context, ...path]) !== undefined;

const wordsOf = ({ context, path }: ContextReference): string =>
  [context, ...path.map((step) => step ?? '*')].join('.');

const sentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
