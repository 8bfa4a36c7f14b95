import type { Line, Text } from '@codemirror/state';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import { flowPlaceAt } from './flow-context.ts';
import { blockEntries, itemsBefore, levelsAround, type YamlLevel } from './yaml-levels.ts';
import { insideQuotes, isBlockHeader, readYamlLine } from './yaml-line.ts';

/** What an offset of a pipeline's text stands in, told by indentation, so that it holds while the text is broken there. */
export interface YamlContext {
  /** For a key the path of its mapping, else that of the value. */
  readonly path: ValuePath;
  /**
   * `item`: a value of a list that may become the first key of a mapping. `text`: a scalar over several lines.
   * `none`: a comment, or between things.
   */
  readonly at: 'key' | 'value' | 'item' | 'text' | 'none';
  /** Offsets of the whole word, without its quotes: a key without colon, a scalar. */
  readonly from: number;
  readonly to: number;
  readonly hasColon: boolean;
  readonly isFlow: boolean;
  /** Of the word. */
  readonly column: number;
  /** The scalars, by key, of the mapping at the first `depth` steps of the path; '' for other values. */
  entriesAt(depth: number): ReadonlyMap<string, string>;
}

/** Finds the context of an offset. Costs the lines up to the beginning of the top-level entry that it is in. */
export function yamlContextAt(doc: Text, offset: number): YamlContext {
  const line = doc.lineAt(offset);
  const column = offset - line.from;
  const isBlank = line.text.trim() === '';
  const { indentation, openers } = readYamlLine(line.text);
  const isItem = openers[0]?.type === 'dash';
  const around = levelsAround(doc, line.number, isBlank ? column : indentation, isItem);
  const outer = scalarOrFlowAround(doc, around, line, offset);
  if (outer !== null) return outer;
  if (isBlank) return contextOf(doc, around, { at: 'key', from: offset });
  return contextInLine(doc, around, line, column);
}

function contextInLine(doc: Text, around: readonly YamlLevel[], line: Line, column: number): YamlContext {
  const { text, from: start } = line;
  const { indentation, openers, valueStart, valueEnd, comment } = readYamlLine(text);
  const nowhere = contextOf(doc, around, { at: 'none', from: start + column });
  if (column < indentation || (comment !== null && column > comment)) return nowhere;
  const first = around.at(-1)?.line ?? 0;
  const own = openers.map((opener, index): YamlLevel => {
    if (opener.type === 'key') return { step: opener.key, line: line.number, opener };
    const step = index === 0 ? itemsBefore(doc, first, line.number, opener.column) : 0;
    return { step, line: line.number, opener };
  });
  const last = openers.at(-1);
  if (last?.type === 'key' && column >= last.column && column <= last.end) {
    const [from, to] = insideQuotes(text, last.start, last.end);
    const word = { from: start + from, to: start + to, column: last.column };
    return contextOf(doc, [...around, ...own.slice(0, -1)], { at: 'key', ...word, hasColon: true });
  }
  if (last !== undefined && column <= (last.type === 'key' ? last.end : last.column)) return nowhere;
  const levels = [...around, ...own];
  const at = last === undefined ? 'key' : last.type === 'key' ? 'value' : 'item';
  // Behind the colon or the dash, before the value.
  if (column < valueStart) return contextOf(doc, levels, { at, from: start + column });
  if (/[[{]/.test(text[valueStart] ?? '')) {
    const flow = flowContext(doc, levels, start + valueStart, start + column);
    if (flow !== null) return flow;
  }
  const [from, to] = insideQuotes(text, valueStart, Math.max(valueEnd, Math.min(column, text.length)));
  return contextOf(doc, levels, { at, from: start + from, to: start + to });
}

/** Where one of the levels around begins a text or a flow collection that goes on for several lines, what is in there. */
function scalarOrFlowAround(
  doc: Text,
  around: readonly YamlLevel[],
  line: Line,
  offset: number,
): YamlContext | null {
  for (const [index, { line: number, opener }] of around.entries()) {
    const opening = doc.line(number);
    const { valueStart, valueEnd, openers } = readYamlLine(opening.text);
    // Of the openers of a line only the last has the value.
    if (openers.at(-1)?.column !== opener.column) continue;
    const value = opening.text.slice(valueStart, valueEnd);
    if (value === '' || /^[&!]\S*$/.test(value)) continue;
    const levels = around.slice(0, index + 1);
    if (!/^[[{]/.test(value)) {
      const from = isBlockHeader(value) ? opening.to + 1 : opening.from + valueStart;
      return contextOf(doc, levels, { at: 'text', from, to: line.to });
    }
    const flow = flowContext(doc, levels, opening.from + valueStart, offset);
    if (flow !== null) return flow;
  }
  return null;
}

/** What is read of a flow collection behind the offset. */
const LOOK_AHEAD = 8_000;

function flowContext(
  doc: Text,
  levels: readonly YamlLevel[],
  start: number,
  offset: number,
): YamlContext | null {
  const text = doc.sliceString(start, Math.min(doc.length, offset + LOOK_AHEAD));
  const place = flowPlaceAt(text, offset - start);
  if (place === null) return null;
  const [from, to] = insideQuotes(text, place.start, place.end);
  const depth = levels.length;
  const at = place.at === 'comment' ? 'none' : place.at;
  const known = contextOf(doc, levels, { at, from: start + from, to: start + to, hasColon: place.hasColon });
  return {
    ...known,
    path: [...known.path, ...place.path],
    isFlow: true,
    entriesAt: (wanted) =>
      wanted < depth ? known.entriesAt(wanted) : (place.entries[wanted - depth] ?? new Map<string, string>()),
  };
}

interface Word {
  readonly at: YamlContext['at'];
  readonly from: number;
  readonly to?: number;
  readonly column?: number;
  readonly hasColon?: boolean;
}

function contextOf(doc: Text, levels: readonly YamlLevel[], word: Word): YamlContext {
  const { at, from, to = from, hasColon = false } = word;
  const line = doc.lineAt(from);
  const column = word.column ?? from - line.from;
  return {
    path: levels.map(({ step }) => step),
    at,
    from,
    to,
    hasColon,
    isFlow: false,
    column,
    entriesAt(depth) {
      const level = levels[depth];
      if (level !== undefined) return blockEntries(doc, level.line, level.opener.column);
      const isKey = at === 'key' || at === 'item';
      return isKey && depth === levels.length ? blockEntries(doc, line.number, column) : new Map();
    },
  };
}
