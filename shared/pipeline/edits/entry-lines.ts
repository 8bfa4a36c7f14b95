import { isMap } from 'yaml';
import type { ValuePath } from '../source-map.ts';
import { valueAt } from '../source-map.ts';
import { formatEntry } from './format-value.ts';
import { lineExtents } from './line-extent.ts';
import { locate } from './locate.ts';
import type { YamlValue } from './operation.ts';
import { isFlow, valueOf, type YamlSource } from './yaml-source.ts';

/** The lines of an entry of a mapping, with its comments and without its indent. @throws EditRefused when it is not there */
export function entryLines(source: YamlSource, path: ValuePath): readonly string[] {
  const { collection, index } = locate(source, path);
  if (isMap(collection) && !isFlow(collection)) {
    const { lines, column, isInline } = lineExtents(source, collection)[index]!;
    if (!isInline) {
      const text = source.text.slice(lines.start, lines.end).replace(/\r?\n$/, '');
      return text
        .split(/\r?\n/)
        .map((line) => (line.trim() === '' ? '' : line.slice(Math.min(column, indentOf(line)))));
    }
  }
  const value = valueAt(valueOf(source), path) as YamlValue;
  return formatEntry(String(path.at(-1)), value, 0, source.style);
}

const indentOf = (line: string): number => /^ */.exec(line)![0].length;
