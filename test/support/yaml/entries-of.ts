import { isMap, isPair, isSeq } from 'yaml';
import type { Node } from 'yaml';
import { lineStart } from '#shared/pipeline/edits/line-extent.ts';
import { keyText } from '#shared/pipeline/edits/locate.ts';
import { indicatorEnd, itemEnd, itemStart } from '#shared/pipeline/edits/token-extent.ts';
import { isFlow, itemTokens, type YamlSource } from '#shared/pipeline/edits/yaml-source.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';

/** One entry of a mapping or item of a list, wherever it stands in a file. */
export interface FoundEntry {
  readonly path: ValuePath;
  readonly node: Node | null;
  readonly isItem: boolean;
  /** It stands inside of `{ }` or `[ ]`. */
  readonly inFlow: boolean;
  readonly start: number;
  /** Behind its `-` or `:`; where it begins, if it has none. */
  readonly indicator: number;
  readonly end: number;
  readonly column: number;
}

/** Every entry of a file that a path can name, those around others first. */
export function entriesOf(source: YamlSource): readonly FoundEntry[] {
  const found: FoundEntry[] = [];
  const visit = (node: Node | null, path: ValuePath): void => {
    if (!isMap(node) && !isSeq(node)) return;
    const tokens = itemTokens(node);
    for (const [index, item] of node.items.entries()) {
      const token = tokens[index]!;
      const step = isSeq(node) ? index : keyOf(item);
      const value = (isPair(item) ? item.value : item) as Node | null;
      const start = itemStart(token);
      const column = start - lineStart(source.text, start);
      const below = [...path, step];
      const entry = { path: below, node: value, isItem: isSeq(node), inFlow: isFlow(node) };
      const indicator = indicatorEnd(token) ?? start;
      found.push({ ...entry, start, indicator, end: itemEnd(token), column });
      visit(value, below);
    }
  };
  visit(source.document.contents, []);
  return found;
}

/** A key that is no scalar is named by a text that no file holds. */
const keyOf = (item: unknown): string => (isPair(item) ? (keyText(item.key) ?? '\0') : '\0');
