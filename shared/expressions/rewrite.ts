import { Lexer } from '@actions/expressions';
import { TokenType } from '@actions/expressions/lexer';
import type { Token } from '@actions/expressions/lexer';
import { findExpressions, wholeExpression } from './find-expressions.ts';

/** What stands in an expression for `context.name`; null leaves it. `name` is null where the whole context is used. */
export type Replace = (context: string, name: string | null) => string | null;

/** Where a use of a context ends, and the name that it reads; null for a use as a whole or with a computed name. */
function useAt(
  tokens: readonly Token[],
  index: number,
): { readonly last: number; readonly name: string | null } {
  const [, dot, name, bracket] = tokens.slice(index, index + 4);
  if (dot?.type === TokenType.DOT && name !== undefined && name.type !== TokenType.STAR) {
    return { last: index + 2, name: name.lexeme };
  }
  const isName = name?.type === TokenType.STRING && bracket?.type === TokenType.RIGHT_BRACKET;
  if (dot?.type === TokenType.LEFT_BRACKET && isName) {
    return { last: index + 3, name: name.lexeme.slice(1, -1).replaceAll("''", "'") };
  }
  return { last: index, name: null };
}

/** Puts other expressions in place of contexts. An expression with wrong grammar stays as it is. */
export function rewriteExpression(expression: string, replace: Replace): string {
  let tokens: readonly Token[];
  try {
    // On one line the library's columns are offsets.
    ({ tokens } = new Lexer(expression.replaceAll('\n', ' ')).lex());
  } catch {
    return expression;
  }
  let text = '';
  let end = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!;
    const isContext =
      token.type === TokenType.IDENTIFIER &&
      tokens[index - 1]?.type !== TokenType.DOT &&
      tokens[index + 1]?.type !== TokenType.LEFT_PAREN;
    if (!isContext) continue;
    const { last, name } = useAt(tokens, index);
    const replacement = replace(token.lexeme.toLowerCase(), name);
    if (replacement === null) continue;
    text += expression.slice(end, token.range.start.column) + replacement;
    end = tokens[last]!.range.end.column;
    index = last;
  }
  return text + expression.slice(end);
}

/** As `rewriteExpression`, in every `${{ }}` of a text. */
export function rewriteTemplate(template: string, replace: Replace): string {
  if (!template.includes('${{')) return template;
  let text = '';
  let end = 0;
  for (const { expression, start, end: next, closed } of findExpressions(template)) {
    if (!closed) break;
    text += `${template.slice(end, start)}\${{${rewriteExpression(expression, replace)}}}`;
    end = next;
  }
  return text + template.slice(end);
}

/** A value as an expression. */
export function literal(value: string | number | boolean): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  const text = String(value);
  return typeof value === 'boolean' || /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? text : `fromJSON('${text}')`;
}

/** The expression that has the value of a text with `${{ }}` in it. */
export function expressionOf(template: string): string {
  const whole = wholeExpression(template);
  if (whole !== null) return `(${whole})`;
  const found = findExpressions(template).filter(({ closed }) => closed);
  if (found.length === 0) return literal(template);
  const braced = (text: string): string => text.replaceAll('{', '{{').replaceAll('}', '}}');
  let text = '';
  let end = 0;
  found.forEach(({ start, end: next }, index) => {
    text += `${braced(template.slice(end, start))}{${index}}`;
    end = next;
  });
  text += braced(template.slice(end));
  return `format(${[literal(text), ...found.map(({ expression }) => expression.trim())].join(', ')})`;
}
