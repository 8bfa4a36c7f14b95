import { lineExtents } from './line-extent.ts';
import type { TextEdit } from './text-edit.ts';
import { itemEnd, itemStart, type Extent } from './token-extent.ts';
import { type Collection, EditRefused, isFlow, itemTokens, type YamlSource } from './yaml-source.ts';

/** Puts an entry elsewhere among its siblings. The blank lines and commas between them stay where they are. */
export function moveEntry(
  source: YamlSource,
  collection: Collection,
  from: number,
  to: number,
): readonly TextEdit[] {
  const places = isFlow(collection)
    ? itemTokens(collection).map((item) => ({ start: itemStart(item), end: itemEnd(item) }))
    : linePlaces(source, collection);
  if (from === to) return [];
  const order = places.map((_, index) => index);
  order.splice(to, 0, ...order.splice(from, 1));
  return places.flatMap((place, index) => {
    const taken = places[order[index]!]!;
    return taken === place ? [] : [{ ...place, text: source.text.slice(taken.start, taken.end) }];
  });
}

/** The lines of each entry without the line break behind the last, which a file may lack. */
function linePlaces(source: YamlSource, collection: Collection): readonly Extent[] {
  return lineExtents(source, collection).map(({ lines, isInline }) => {
    if (isInline) throw new EditRefused('What stands behind a `-` can only be moved in the text.');
    const { text } = source;
    let { end } = lines;
    if (text[end - 1] === '\n') end -= text[end - 2] === '\r' ? 2 : 1;
    return { start: lines.start, end };
  });
}
