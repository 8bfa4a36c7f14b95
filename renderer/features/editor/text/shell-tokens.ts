import type { ScalarToken, ScalarTokenKind } from './expression-tokens.ts';

const KEYWORDS =
  'if|then|else|elif|fi|for|while|until|do|done|case|esac|in|function|return|exit|set|export|local|cd|trap|eval|exec|source';
const TOKEN = new RegExp(
  [
    String.raw`(?<expression>\$\{\{.*?(?:\}\}|$))`,
    String.raw`(?<comment>(?<=^|\s)#.*)`,
    String.raw`(?<string>"(?:\\.|[^"\\])*"?|'[^']*'?)`,
    String.raw`(?<variable>\$(?:\{[^}]*\}?|\w+|[@*#?$!-]))`,
    String.raw`(?<keyword>(?<![\w./-])(?:${KEYWORDS})(?![\w./=-]))`,
  ].join('|'),
  'g',
);
const VARIABLE = /\$(?:\{(?!\{)[^}]*\}?|\w+|[@*#?$!-])/g;

/** The pieces of a line of a shell script that have a colour; expressions are left to `expressionTokens`. */
export function shellTokens(line: string): readonly ScalarToken[] {
  const tokens: ScalarToken[] = [];
  for (const match of line.matchAll(TOKEN)) {
    const { index: start, groups = {} } = match;
    const [kind] = Object.entries<string | undefined>(groups).find(([, text]) => text !== undefined) ?? [];
    if (kind === undefined || kind === 'expression') continue;
    const end = start + match[0].length;
    tokens.push({ kind: kind as ScalarTokenKind, start, end });
    if (kind !== 'string' || !match[0].startsWith('"')) continue;
    for (const inner of match[0].matchAll(VARIABLE)) {
      const from = start + inner.index;
      tokens.push({ kind: 'variable', start: from, end: from + inner[0].length });
    }
  }
  return tokens;
}
