import type { Text } from '@codemirror/state';
import { readYamlLine, unquoted, type Opener } from './yaml-line.ts';

/** A step of a path that a line of block style begins. */
export interface YamlLevel {
  readonly step: string | number;
  readonly line: number;
  readonly opener: Opener;
}

/**
 * The levels, from the outermost, that a word is in which is the first of its line: told by the lines above.
 * @param isDash whether the word is the dash of a list, which may stand level with the key of the list
 */
export function levelsAround(
  doc: Text,
  lineNumber: number,
  column: number,
  isDash: boolean,
): readonly YamlLevel[] {
  const levels: { step: string | number; readonly line: number; readonly opener: Opener }[] = [];
  let limit = column;
  let isItem = isDash;
  for (let number = lineNumber - 1; number > 0 && (limit > 0 || isItem); number -= 1) {
    const { text } = doc.line(number);
    if (isPassed(text, limit)) continue;
    for (const opener of readYamlLine(text).openers.toReversed()) {
      const [inner] = levels;
      if (opener.type === 'dash' && opener.column === limit && inner?.opener.type === 'dash')
        inner.step = Number(inner.step) + 1;
      const isOwner = isItem && opener.type === 'key' && opener.column === limit;
      if (opener.column >= limit && !isOwner) continue;
      levels.unshift({ step: opener.type === 'key' ? opener.key : 0, line: number, opener });
      limit = opener.column;
      isItem = opener.type === 'dash';
    }
  }
  return levels;
}

/** How many items of a list stand above the one with its dash at `column` of this line, down to the line that begins the list. */
export function itemsBefore(doc: Text, firstLine: number, lineNumber: number, column: number): number {
  let count = 0;
  for (let number = lineNumber - 1; number >= Math.max(1, firstLine); number -= 1) {
    const { text } = doc.line(number);
    if (
      text[column] === '-' &&
      text.search(/[^ -]/) >= column &&
      readYamlLine(text).openers.some(isDashAt(column))
    )
      count += 1;
  }
  return count;
}

const isDashAt =
  (column: number) =>
  (opener: Opener): boolean =>
    opener.type === 'dash' && opener.column === column;

/** The scalars, by key, of the block mapping that a line is in and whose keys stand at `column`; '' for other values. */
export function blockEntries(doc: Text, lineNumber: number, column: number): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  const add = (text: string): void => {
    const { openers, valueStart, valueEnd } = readYamlLine(text);
    const last = openers.at(-1);
    if (last?.type !== 'key' || last.column !== column) return;
    entries.set(last.key, unquoted(text.slice(valueStart, valueEnd)));
  };
  for (let number = lineNumber; number > 0; number -= 1) {
    const { text } = doc.line(number);
    if (isPassed(text, column)) continue;
    add(text);
    // The item of a list that the mapping is, or what it is the value of.
    if (text.search(/[^ ]/) < column) break;
  }
  for (let number = lineNumber + 1; number <= doc.lines; number += 1) {
    const { text } = doc.line(number);
    if (isPassed(text, column)) continue;
    if (text.search(/[^ ]/) < column) break;
    add(text);
  }
  return entries;
}

/** Whether a line says nothing of what stands at a column: it is empty, a comment, or further in. */
function isPassed(text: string, column: number): boolean {
  const indentation = text.search(/[^ ]/);
  return indentation < 0 || indentation > column || text[indentation] === '#';
}
