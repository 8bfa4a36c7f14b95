import { isPair } from 'yaml';
import type { Node } from 'yaml';
import { lineEnd, lineExtents, lineStart } from './line-extent.ts';
import { removeFlow, rewriteFlow } from './flow-edits.ts';
import type { Entry } from './locate.ts';
import type { TextEdit } from './text-edit.ts';
import { type Extent, indicatorEnd, propsEnd } from './token-extent.ts';
import { type Collection, isFlow, refuseUsedAnchors, tokenOf, type YamlSource } from './yaml-source.ts';

/**
 * Takes entries of one collection out, with the comments that are about them; an emptied collection becomes `{}` or `[]`.
 * @throws EditRefused when something that stays uses an anchor inside of them
 */
export function removeEntries(source: YamlSource, entries: readonly Entry[]): readonly TextEdit[] {
  const [first] = entries;
  if (first === undefined) return [];
  const { collection } = first;
  refuseUsedIn(source, entries);
  const gone = new Set(entries.map(({ index }) => index));
  if (isFlow(collection)) return removeFromFlow(source, collection, gone);
  if (gone.size === collection.items.length) return removeAll(source, first);
  return runsOf(gone).map((run) => removeRun(source, collection, run));
}

/** @throws EditRefused when something outside of the entries uses an anchor inside of them */
export function refuseUsedIn(source: YamlSource, entries: readonly Entry[]): void {
  const nodes = entries.flatMap(({ collection, index, value }) => {
    const item: unknown = collection.items[index];
    return isPair(item) ? [item.key as Node | null, value] : [value];
  });
  refuseUsedAnchors(source, nodes);
}

function removeFromFlow(
  source: YamlSource,
  collection: Collection,
  gone: ReadonlySet<number>,
): readonly TextEdit[] {
  if (gone.size > 1 && gone.size < collection.items.length) {
    const kept = collection.items.map((_, index) => (gone.has(index) ? null : []));
    const rewritten = rewriteFlow(source, collection, { kept, index: 0, written: [] });
    if (rewritten !== null) return rewritten;
  }
  return [...gone].flatMap((index) => removeFlow(source, collection, index));
}

function removeAll(source: YamlSource, { collection, parent: holder }: Entry): readonly TextEdit[] {
  const { text, document } = source;
  const empty = tokenOf(collection).type === 'block-seq' ? '[]' : '{}';
  const extents = lineExtents(source, collection);
  const first = extents[0]!;
  const { end } = extents.at(-1)!.lines;
  if (first.isInline || document.contents === collection || holder === null) {
    const lineBreak = /\r?\n$/.exec(text.slice(first.content.start, end))?.[0] ?? '';
    return [{ start: first.content.start, end, text: empty + lineBreak }];
  }
  const behind = propsEnd(holder.tokens) ?? indicatorEnd(holder.tokens) ?? first.lines.start;
  return [
    { start: behind, end: behind, text: ` ${empty}` },
    { start: first.lines.start, end, text: '' },
  ];
}

/** First and last of each series of numbers that follow one another. */
function runsOf(numbers: ReadonlySet<number>): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}

function removeRun(
  source: YamlSource,
  collection: Collection,
  [from, to]: readonly [number, number],
): TextEdit {
  const { text } = source;
  const extents = lineExtents(source, collection);
  const first = extents[from]!;
  const { end } = extents[to]!.lines;
  const next = extents[to + 1];
  if (first.isInline && next !== undefined) {
    const { start } = first.content;
    // The next entry takes the place behind the `-`; below it, with comments of its own.
    if (!text.slice(end, next.content.start).includes('#'))
      return { start, end: next.content.start, text: '' };
    const blanks = /[^\S\n]*$/.exec(text.slice(lineStart(text, start), start))![0].length;
    return { start: start - blanks, end, text: source.style.newline };
  }
  const floor = extents[from - 1]?.lines.end ?? start0(text);
  const isFirst = from === 0 && source.document.contents !== collection;
  return { ...withoutGap(text, { start: first.lines.start, end }, floor, isFirst), text: '' };
}

const start0 = (text: string): number => (text.startsWith('\uFEFF') ? 1 : 0);

/** Of the blank lines on both sides of what goes only those of one side stay, and none at the end of the file. */
function withoutGap(text: string, { start, end }: Extent, floor: number, isFirst: boolean): Extent {
  let before = start;
  while (before > floor && text.slice(lineStart(text, before - 1), before).trim() === '') {
    before = Math.max(floor, lineStart(text, before - 1));
  }
  let after = end;
  while (after < text.length && text.slice(after, lineEnd(text, after + 1)).trim() === '')
    after = lineEnd(text, after + 1);
  if (after === text.length) return { start: before, end: after };
  // Nothing stands between the first entry and the key above it.
  if (isFirst) return { start, end: after };
  return before < start ? { start, end: after } : { start, end };
}
