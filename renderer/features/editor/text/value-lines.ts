import type { Text } from '@codemirror/state';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import { readYamlLine } from './yaml-line.ts';

/** The lines of an entry, 1-based. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The lines of the value that a path leads to below an entry, as deep as block style goes.
 * @param lines those of the entry
 * @param path from the entry's value on
 */
export function linesOfValue(doc: Text, lines: LineRange, path: ValuePath): LineRange {
  let range = lines;
  for (const step of path) {
    const inner = typeof step === 'number' ? itemLines(doc, range, step) : keyLines(doc, range, step);
    if (inner === null) return range;
    range = inner;
  }
  return range;
}

function keyLines(doc: Text, range: LineRange, key: string): LineRange | null {
  const column = columnBelow(doc, range);
  if (column === null) return null;
  for (let number = range.first; number <= range.last; number += 1) {
    const { openers } = readYamlLine(doc.line(number).text);
    const isHere = openers.some(
      (opener) => opener.type === 'key' && opener.column === column && opener.key === key,
    );
    if (isHere) return { first: number, last: lastLine(doc, number, range.last, column, true) };
  }
  return null;
}

function itemLines(doc: Text, range: LineRange, index: number): LineRange | null {
  let column: number | null = null;
  let count = -1;
  for (let number = range.first; number <= range.last; number += 1) {
    const dash = readYamlLine(doc.line(number).text).openers.find(
      (opener) => opener.type === 'dash' && (column === null || opener.column === column),
    );
    if (dash === undefined) continue;
    column ??= dash.column;
    count += 1;
    if (count === index) return { first: number, last: lastLine(doc, number, range.last, column, false) };
  }
  return null;
}

/** Where the keys of the mapping stand that an entry holds: in its own line behind the dash, or in the next one. */
function columnBelow(doc: Text, { first, last }: LineRange): number | null {
  const { openers } = readYamlLine(doc.line(first).text);
  const [opener, inner] = openers;
  if (opener?.type === 'dash' && inner?.type === 'key') return inner.column;
  for (let number = first + 1; number <= last; number += 1) {
    const { text } = doc.line(number);
    const [next] = readYamlLine(text).openers;
    if (text.trim() !== '' && !text.trimStart().startsWith('#'))
      return next?.type === 'key' ? next.column : null;
  }
  return null;
}

function lastLine(doc: Text, first: number, limit: number, column: number, isKey: boolean): number {
  let last = first;
  for (let number = first + 1; number <= limit; number += 1) {
    const { text } = doc.line(number);
    const indentation = text.search(/[^ ]/);
    if (indentation < 0) continue;
    // A list may stand level with its key.
    if (indentation < column || (indentation === column && !(isKey && text.startsWith('- ', column)))) break;
    last = number;
  }
  return last;
}
