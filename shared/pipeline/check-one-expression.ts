import { checkExpression } from '../expressions/check-expression.ts';
import type { ExpressionFault } from '../expressions/check-expression.ts';
import { FUNCTIONS, LATER_CONTEXTS, LATER_FUNCTIONS } from '../expressions/names.ts';
import type { ContextReference } from '../expressions/references.ts';
import type { CheckContext } from './check-context.ts';
import { quote } from './describe-value.ts';
import type { Place, SourceMap, ValuePath } from './source-map.ts';

/** The names that an expression may use; null where they are not known until the file is put together. */
export interface Scope {
  readonly contexts: readonly string[];
  readonly inputs: readonly string[] | null;
  readonly needs: readonly string[] | null;
  readonly steps: readonly string[] | null;
  /** The stage that the expression stands in, and all stages beside it. */
  readonly stage: { readonly id: string; readonly all: Readonly<Record<string, unknown>> } | null;
}

/** An expression in a file: the text that holds it, and the how manieth `${{` of it; null when it is the whole text. */
export interface ExpressionSite {
  readonly path: ValuePath;
  readonly index: number | null;
}

const includes = (names: Iterable<string>, name: string): boolean => {
  for (const known of names) if (known.toLowerCase() === name.toLowerCase()) return true;
  return false;
};

/** Checks one expression without its braces. */
export function checkOneExpression(
  expression: string,
  site: ExpressionSite,
  scope: Scope,
  context: CheckContext,
): void {
  const { issues, source } = context;
  // Finding a place takes time that grows with the text, which only pays for issues that will be shown.
  const at = (offset: number): Place =>
    issues.full ? source.at(0) : placeIn(source, site, expression, offset);
  const checked = checkExpression(expression, { contexts: scope.contexts, functions: LATER_FUNCTIONS });
  for (const fault of checked.faults) {
    issues.add(fault.code, at(fault.offset), fault.message, hintFor(fault, scope, context));
  }
  const later = 'this version cannot evaluate it';
  for (const { name, column } of checked.functions) {
    if (!includes(LATER_FUNCTIONS, name)) continue;
    issues.add(
      'unsupported-function',
      at(column),
      `\`${name}()\` works from a later version`,
      later,
      'unsupported',
    );
  }
  for (const reference of checked.contexts) {
    if (includes(LATER_CONTEXTS, reference.context) && includes(scope.contexts, reference.context)) {
      const message = `The context \`${reference.context}\` works from a later version`;
      issues.add('unsupported-context', at(reference.column), message, later, 'unsupported');
    }
    checkReference(reference, () => at(reference.column), scope, context);
  }
}

function hintFor(fault: ExpressionFault, scope: Scope, { issues, suggest }: CheckContext): string | null {
  if (fault.name === null || issues.full) return null;
  const known =
    fault.code === 'unknown-function' ? [...FUNCTIONS.keys(), ...LATER_FUNCTIONS] : scope.contexts;
  const close = suggest(fault.name, known);
  return close === null
    ? `known here: ${known.join(', ')}; a text stands in single quotes`
    : `did you mean \`${close}\`?`;
}

function checkReference(
  { context: name, path: [first] }: ContextReference,
  place: () => Place,
  scope: Scope,
  { issues, suggest }: CheckContext,
): void {
  if (first === undefined || first === null) return;
  const missing = (code: string, known: readonly string[], message: string, otherwise: string): void => {
    if (includes(known, first)) return;
    const isElsewhere =
      code === 'not-needed' && scope.stage !== null && Object.hasOwn(scope.stage.all, first);
    const close = issues.full || isElsewhere ? null : suggest(first, known);
    issues.add(code, place(), message, close === null ? otherwise : `did you mean \`${close}\`?`);
  };
  switch (name.toLowerCase()) {
    case 'inputs':
      if (scope.inputs === null) return;
      missing(
        'unknown-input',
        scope.inputs,
        `There is no input ${quote(first)}`,
        'declare it under `inputs`',
      );
      return;
    case 'needs':
      if (scope.needs === null || scope.stage === null) return;
      missing(
        'not-needed',
        scope.needs,
        `Stage ${quote(scope.stage.id)} does not need ${quote(first)}, so it has no value here`,
        `add \`${first}\` to the stage's \`needs\``,
      );
      return;
    case 'steps':
      if (scope.steps === null) return;
      missing('unknown-step', scope.steps, `The stage has no step ${quote(first)}`, 'give the step an `id`');
  }
}

/** The place of an offset in an expression; that of its `${{`, or of its text, where the file writes it otherwise. */
function placeIn(
  source: SourceMap,
  { path, index }: ExpressionSite,
  expression: string,
  offset: number,
): Place {
  const text = source.value(path);
  let start = index === null ? source.text.indexOf(expression, text.start) : text.start - 1;
  for (let count = 0; index !== null && count <= index; count += 1) {
    start = source.text.indexOf('${{', start + 1);
    if (start < 0) break;
  }
  if (start < 0 || start >= text.end) return text;
  const inner = start + (index === null ? 0 : 3);
  return source.text.startsWith(expression.slice(0, offset), inner)
    ? source.at(inner + offset)
    : source.at(start);
}
