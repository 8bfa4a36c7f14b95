/** What a piece of a line of YAML is, as far as one line can tell. */
export type YamlTokenKind = 'key' | 'string' | 'value' | 'comment' | 'expression' | 'mark' | 'text';

export interface YamlToken {
  readonly kind: YamlTokenKind;
  readonly text: string;
}

const RULES: readonly (readonly [YamlTokenKind, RegExp])[] = [
  ['comment', /#.*/y],
  ['expression', /\$\{\{.*?\}\}/y],
  ['string', /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/y],
  ['key', /[\w.$-]+(?=:(?:\s|$))/y],
  ['value', /(?:true|false|null|\d+(?:\.\d+)?(?:ms|s|m|h|d)?)(?=[\s,\]}]|$)/y],
  ['mark', /[[\]{},:|>&*-](?=[\s[\]{},"'\w]|$)/y],
];
/** A script's `#` in the middle of a word, or a number within one, is no token of its own. */
const WORD = /[^\s[\]{},:"'#$]+|\$|\s+|./y;

/** Cuts a line into coloured pieces; joined they are the line again. Block scripts are coloured as if they were YAML, which does no harm. */
export function yamlTokens(line: string): YamlToken[] {
  const tokens: YamlToken[] = [];
  let at = 0;
  while (at < line.length) {
    const [kind, text] = tokenAt(line, at);
    const last = tokens.at(-1);
    if (kind === 'text' && last?.kind === 'text')
      tokens[tokens.length - 1] = { kind, text: last.text + text };
    else tokens.push({ kind, text });
    at += text.length;
  }
  return tokens;
}

function tokenAt(line: string, at: number): [YamlTokenKind, string] {
  const afterSpace = at === 0 || /[\s[{(,]/.test(line[at - 1]!);
  for (const [kind, rule] of RULES) {
    if (!afterSpace && kind !== 'expression' && kind !== 'mark') continue;
    rule.lastIndex = at;
    const match = rule.exec(line);
    if (match !== null) return [kind, match[0]];
  }
  WORD.lastIndex = at;
  return ['text', WORD.exec(line)?.[0] ?? line.slice(at)];
}
