import { FUNCTIONS, PLACED_FUNCTIONS } from '#shared/expressions/names.ts';
import { findExpressions } from '#shared/expressions/find-expressions.ts';
import type { ExpressionNames, ExpressionSurroundings } from './expression-names.ts';

/** Something that may stand at a place of an expression. */
export interface ExpressionOption {
  readonly label: string;
  readonly type: 'context' | 'name' | 'function';
  /** What it is or holds, in a few words; may be empty. */
  readonly detail: string;
  /** What to write in place of `from` to `to`; the cursor goes to its end, or before the `)` of a function with parameters. */
  readonly insert: string;
}

export interface ExpressionCompletion {
  /** Offsets of what the options replace. */
  readonly from: number;
  readonly to: number;
  /** Those that fit what is written, best first; not empty. */
  readonly options: readonly ExpressionOption[];
}

const NAME_BEFORE = /[A-Za-z_][\w-]*$/;
/** A value has ended there, and an operator follows it. */
const VALUE_BEFORE = /['\w)\]*]\s*$/;
const WAY_BEFORE = /((?:[A-Za-z_][\w-]*)(?:\s*\.\s*[A-Za-z_][\w-]*)*)\s*\.\s*$/;

/**
 * What may be written at an offset of a text. Outside of `${{ }}` there is nothing, unless the whole text is an
 * expression (`isBare`: an `if`, a gate).
 */
export function completeExpression(
  text: string,
  at: number,
  surroundings: ExpressionSurroundings,
  isBare: boolean,
): ExpressionCompletion | null {
  const start = expressionStart(text, at, isBare);
  if (start === null) return null;
  const before = text.slice(start, at);
  if (isInsideString(before)) return null;
  const typed = NAME_BEFORE.exec(before)?.[0] ?? '';
  if (typed === '' && VALUE_BEFORE.test(before)) return null;
  const from = at - typed.length;
  const way = WAY_BEFORE.exec(before.slice(0, before.length - typed.length))?.[1];
  const rest = /^[\w-]*/.exec(text.slice(at))?.[0] ?? '';
  const all = way === undefined ? topOptions(surroundings) : namesBelow(surroundings.names, way);
  const options = all.filter(({ label }) => label.toLowerCase().startsWith(typed.toLowerCase()));
  const [only] = options;
  if (only === undefined || (options.length === 1 && only.insert === typed + rest)) return null;
  return { from, to: at + rest.length, options };
}

/** Where the expression begins that an offset lies in: behind `${{`, or at 0 of a text that is one. */
function expressionStart(text: string, at: number, isBare: boolean): number | null {
  const around = findExpressions(text).find(
    ({ start, end, closed }) => start + 3 <= at && (closed ? at <= end - 2 : at <= end),
  );
  if (around !== undefined) return around.start + 3;
  return isBare && !text.includes('${{') ? 0 : null;
}

const isInsideString = (before: string): boolean => before.split("'").length % 2 === 0;

function topOptions({ names, functions }: ExpressionSurroundings): readonly ExpressionOption[] {
  const contexts = Object.entries(names).map(([label, { detail }]): ExpressionOption => ({
    label,
    type: 'context',
    detail,
    insert: label,
  }));
  const calls = functions.map((label): ExpressionOption => {
    const [least] = FUNCTIONS.get(label) ?? PLACED_FUNCTIONS.get(label) ?? [1];
    return {
      label,
      type: 'function',
      detail: FUNCTION_WORDS[label] ?? '',
      insert: least === 0 ? `${label}()` : `${label}(`,
    };
  });
  return [...contexts, ...calls];
}

function namesBelow(names: ExpressionNames, way: string): readonly ExpressionOption[] {
  let level: ExpressionNames | null = names;
  for (const step of way.split('.').map((part) => part.trim().toLowerCase())) {
    const key: string | undefined = Object.keys(level).find((name) => name.toLowerCase() === step);
    level = key === undefined ? null : (level[key]?.below ?? null);
    if (level === null) return [];
  }
  return Object.entries(level)
    .filter(([label]) => /^[A-Za-z_][\w-]*(?:\['[^']*'\])?$/.test(label))
    .map(([label, { detail }]) => ({ label, type: 'name', detail, insert: label }));
}

const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  always: 'whatever came before',
  cancelled: 'the run was cancelled',
  case: 'the first value whose condition holds',
  contains: 'a text or list holds a value',
  endsWith: 'a text ends with another',
  failure: 'something before failed',
  format: 'a text with values put in',
  fromJSON: 'the value of a JSON text',
  hashFiles: 'one hash over files',
  join: 'a list as one text',
  startsWith: 'a text begins with another',
  success: 'everything before succeeded',
  toJSON: 'a value as JSON',
};
