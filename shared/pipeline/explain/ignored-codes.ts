const COMMENT = /#\s*pipewright-ignore:\s*(?<codes>[a-z][a-z, -]*)/;

/** Which codes are ignored on which lines. */
export interface IgnoredCodes {
  /** @param line 1-based */
  has(code: string, line: number): boolean;
}

interface Range {
  readonly codes: ReadonlySet<string>;
  /** 1-based; `last` belongs to it. */
  readonly first: number;
  readonly last: number;
}

/**
 * Reads the comments `# pipewright-ignore: code, code` of a file. One above the first key holds for the whole file, one
 * above another entry, or behind its key, for all of that entry.
 */
export function readIgnoredCodes(text: string): IgnoredCodes {
  if (!text.includes('pipewright-ignore:')) return { has: () => false };
  const lines = text.split('\n');
  const ranges = lines.flatMap((line, index): readonly Range[] => {
    const found = COMMENT.exec(line)?.groups?.['codes'];
    if (found === undefined) return [];
    const codes = new Set(found.split(/[\s,]+/).filter((code) => code !== ''));
    return [{ codes, ...linesOfEntry(lines, index) }];
  });
  return {
    has: (code, line) =>
      ranges.some(({ codes, first, last }) => first <= line && line <= last && codes.has(code)),
  };
}

/** The lines of the entry that a comment at an index is about. */
function linesOfEntry(lines: readonly string[], at: number): Omit<Range, 'codes'> {
  const start = lines.findIndex((line, index) => index >= at && isContent(line));
  const isAboveAll = !lines.slice(0, at + 1).some((line) => isContent(line) && !line.startsWith('---'));
  if (isAboveAll || start < 0) return { first: 1, last: lines.length };
  const indent = indentOf(lines[start]!);
  const isItem = isListItem(lines[start]!);
  const after = lines.findIndex(
    (line, index) =>
      index > start &&
      isContent(line) &&
      (indentOf(line) < indent || (indentOf(line) === indent && (isItem || !isListItem(line)))),
  );
  return { first: start + 1, last: after < 0 ? lines.length : after };
}

const isContent = (line: string): boolean => /^\s*[^\s#]/.test(line.replace(/^\uFEFF/, ''));
const indentOf = (line: string): number => /^\s*/.exec(line)![0].length;
const isListItem = (line: string): boolean => /^\s*-(\s|$)/.test(line);
