import { Composer, Lexer, LineCounter, Parser } from 'yaml';
import type { CST, Document, YAMLError } from 'yaml';
import { MAX_NESTING } from './limits.ts';

/** A problem with the YAML of a file; offsets count UTF-16 code units from the beginning of the file. */
export interface YamlProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly start: number;
}

export interface YamlFile {
  readonly document: Document.Parsed | null;
  /** Where the lines of the file begin. */
  readonly lines: LineCounter;
  readonly problems: readonly YamlProblem[];
}

const HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'indent keys of the same mapping by the same number of spaces',
  MULTILINE_IMPLICIT_KEY: 'is a `:` or a quote missing?',
  BLOCK_AS_IMPLICIT_KEY: 'put a text that holds `: ` in quotes',
  MISSING_CHAR: 'is a bracket, a brace or a quote not closed?',
  BAD_SCALAR_START: 'put a text that starts with this character in quotes',
};

const DOCUMENT_START: readonly CST.Token['type'][] = ['document', 'directive'];

/** Reads the tokens, or stops where the nesting gets too deep: composing works by recursion, reading does not. */
function readTokens(text: string, lines: LineCounter): { tokens: CST.Token[]; tooDeepAt: number | null } {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  // Each level of a block mapping or list is one entry of the parser's stack, and its document is another.
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MAX_NESTING + 2) return { tokens, tooDeepAt: parser.offset };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, tooDeepAt: null };
}

function syntaxProblem(error: YAMLError): YamlProblem {
  const message = error.message.replace(/\s+/g, ' ').trim();
  return {
    code: 'yaml-syntax',
    message: `This is not valid YAML: ${message}`,
    hint: HINTS[error.code] ?? null,
    start: error.pos[0],
  };
}

/**
 * Reads a text as one YAML document. Never throws. Of several syntax errors only the first is reported: the
 * others mostly follow from it. Duplicate keys are left to `readValue`, which finds them in linear time.
 */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const { tokens, tooDeepAt } = readTokens(text, lines);
  if (tooDeepAt !== null) {
    const message = `Lists and mappings are nested more than ${MAX_NESTING} levels deep`;
    return { document: null, lines, problems: [{ code: 'too-deep', message, hint: null, start: tooDeepAt }] };
  }
  const documents: Document.Parsed[] = [];
  const composer = new Composer({
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: false,
    logLevel: 'silent',
  });
  for (const document of composer.compose(tokens, true, text.length)) {
    documents.push(document);
    if (documents.length > 1) break;
  }
  const [document = null] = documents;
  const error = document?.errors[0];
  const warning = document?.warnings[0];
  if (error !== undefined) return { document: null, lines, problems: [syntaxProblem(error)] };
  if (documents.length > 1) {
    const starts = tokens.filter((token) => DOCUMENT_START.includes(token.type));
    const start = starts.filter((token) => token.type === 'document')[1]?.offset ?? 0;
    const message = 'The file holds more than one YAML document';
    return {
      document: null,
      lines,
      problems: [
        {
          code: 'multiple-documents',
          message,
          hint: 'keep one pipeline per file, without `---` between parts',
          start,
        },
      ],
    };
  }
  if (warning !== undefined) {
    const message = `This has no meaning here: ${warning.message.replace(/^\w/, (letter) => letter.toLowerCase())}`;
    const hint = 'a pipeline file needs no tags';
    return { document: null, lines, problems: [{ code: 'yaml-tag', message, hint, start: warning.pos[0] }] };
  }
  return { document, lines, problems: [] };
}
