import { CONTEXTS, FUNCTIONS, PLACED_FUNCTIONS } from '#shared/expressions/names.ts';

/** What a piece of an expression or of a script is; what has no colour is left out. */
export type ScalarTokenKind =
  'mark' | 'context' | 'function' | 'string' | 'number' | 'comment' | 'keyword' | 'variable';

/** Offsets of the text that was cut. */
export interface ScalarToken {
  readonly kind: ScalarTokenKind;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /(?<string>'(?:[^']|'')*'?)|(?<number>(?<![\w.])-?\d+(?:\.\d+)?)|(?<word>[A-Za-z_][\w-]*)|(?<mark>\$\{\{|\}\}|&&|\|\||[!=<>]=?)/g;
const names = (of: Iterable<string>): ReadonlySet<string> =>
  new Set([...of].map((name) => name.toLowerCase()));
const CONTEXT_NAMES = names(CONTEXTS);
const FUNCTION_NAMES = names([...FUNCTIONS.keys(), ...PLACED_FUNCTIONS.keys()]);
const LITERALS = names(['true', 'false', 'null', 'NaN', 'Infinity']);

/** The pieces of an expression, with or without its braces. */
export function expressionTokens(text: string): readonly ScalarToken[] {
  const tokens: ScalarToken[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const { index: start, groups = {} } = match;
    const end = start + match[0].length;
    const kind =
      groups['word'] === undefined
        ? groups['string'] !== undefined
          ? 'string'
          : groups['number'] !== undefined
            ? 'number'
            : 'mark'
        : wordKind(groups['word'].toLowerCase(), text[start - 1]);
    if (kind !== null) tokens.push({ kind, start, end });
  }
  return tokens;
}

function wordKind(word: string, before: string | undefined): ScalarTokenKind | null {
  if (before === '.') return null;
  if (CONTEXT_NAMES.has(word)) return 'context';
  if (FUNCTION_NAMES.has(word)) return 'function';
  return LITERALS.has(word) ? 'number' : null;
}
