import { Lexer, Parser } from '@actions/expressions';
import type { Expr } from '@actions/expressions';
import { TokenType } from '@actions/expressions/lexer';
import type { Token } from '@actions/expressions/lexer';

/** An expression that the grammar does not know; `offset` counts UTF-16 code units of the expression. */
export interface SyntaxFault {
  readonly message: string;
  readonly offset: number;
}

export type ParsedExpression =
  | { readonly ok: true; readonly tree: Expr; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly fault: SyntaxFault };

const MAX_PARAMETERS = 255;

function faultOf(error: unknown): SyntaxFault {
  const message = error instanceof Error ? error.message : String(error);
  if (message === 'ErrorExceededMaxLength') return { message: 'it is too long', offset: 0 };
  const position = (error as { readonly pos?: { readonly column: number } }).pos;
  const located = /^(.*?)\.? Located at position (\d+) /s.exec(message);
  if (located !== null) return { message: lowerFirst(located[1]!), offset: Number(located[2]) - 1 };
  return { message: lowerFirst(message), offset: position?.column ?? 0 };
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** A string's value, read anew because the library undoubles only the first of its quotes. */
function withWholeString(token: Token): Token {
  if (token.type !== TokenType.STRING) return token;
  return { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") };
}

/**
 * Parses an expression without its braces, whatever the contexts and functions that it names. Never throws.
 */
export function parseExpression(expression: string): ParsedExpression {
  try {
    const tokens = new Lexer(expression).lex().tokens.map(withWholeString);
    const names = tokens.filter((token) => token.type === TokenType.IDENTIFIER).map((token) => token.lexeme);
    const functions = names.map((name) => ({ name, minArgs: 0, maxArgs: MAX_PARAMETERS }));
    const tree = new Parser(tokens, names, functions).parse() as Expr | undefined;
    if (tree === undefined) return { ok: false, fault: { message: 'it is empty', offset: 0 } };
    return { ok: true, tree, tokens };
  } catch (error) {
    return { ok: false, fault: faultOf(error) };
  }
}
