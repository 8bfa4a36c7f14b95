import { lineStart } from './line-extent.ts';
import { type Extent, itemEnd, itemStart } from './token-extent.ts';
import { type Collection, itemTokens, tokenOf, type YamlSource } from './yaml-source.ts';

/** Where an entry of `{ }` or `[ ]` stands, with the comments that go where it goes. */
export interface FlowExtent {
  /** The entry without comments. */
  readonly content: Extent;
  /** Where the comments right above it begin; where its content begins if there are none. */
  readonly start: number;
  /** Of the comma behind it; null where there is none. */
  readonly comma: number | null;
  /** What a comment behind it in its line takes, blanks before it included; empty where there is none. */
  readonly comment: Extent;
  /** Whether a comment can stand behind it: nothing else is in the rest of its line. */
  readonly isLineEnd: boolean;
}

/** The entries of a collection in `{ }` or `[ ]`. */
export interface FlowExtents {
  readonly entries: readonly FlowExtent[];
  /** Of the bracket that closes it. */
  readonly close: number;
  /** Each entry begins a line. */
  readonly isSpread: boolean;
}

/** The entries of a collection in `{ }` or `[ ]`, in order. */
export function flowExtents({ text }: YamlSource, collection: Collection): FlowExtents {
  const token = tokenOf(collection);
  const ends = token.type === 'flow-collection' ? token.end : [];
  const close = ends.find(({ type }) => /^flow-(map|seq)-end$/.test(type))?.offset ?? token.offset;
  const contents = itemTokens(collection).map((item) => ({ start: itemStart(item), end: itemEnd(item) }));
  const beginsLine = (at: number): boolean => text.slice(lineStart(text, at), at).trim() === '';
  const isSpread = contents.length > 0 && contents.every(({ start }) => beginsLine(start));
  const entries = contents.map((content, index): FlowExtent => {
    const { comma, comment } = behind(text, content.end, contents[index + 1]?.start ?? close);
    const floor = index === 0 ? token.offset + 1 : contents[index - 1]!.end;
    const start = beginsLine(content.start) ? aboveComments(text, content.start, floor) : content.start;
    const isLineEnd = /^[^\S\n]*(\n|$)/.test(text.slice(comment.end));
    return { content, start, comma, comment, isLineEnd };
  });
  return { entries, close, isSpread };
}

/** What stands between an entry and the next: blanks, comments and a comma. */
function behind(text: string, start: number, end: number): Pick<FlowExtent, 'comma' | 'comment'> {
  const between = text.slice(start, end);
  const comma = /^(?:\s|#[^\n]*)*?,/.exec(between)?.[0].length ?? null;
  const sameLine = /^([^\S\n]*,)?([^\S\n]+#[^\r\n]*)?/.exec(between)!;
  const commentStart = start + (sameLine[1]?.length ?? 0);
  const comment = { start: commentStart, end: commentStart + (sameLine[2]?.length ?? 0) };
  return { comma: comma === null ? null : start + comma - 1, comment };
}

/** The first of the comments right above a line that stand in the column of what begins it. */
function aboveComments(text: string, at: number, floor: number): number {
  const column = at - lineStart(text, at);
  let start = at;
  for (;;) {
    const line = lineStart(text, start);
    const above = line === 0 ? -1 : lineStart(text, line - 1);
    const comment = above < 0 ? null : /^([^\S\n]*)#/.exec(text.slice(above, line));
    if (comment === null || comment[1]!.length !== column || above < floor) return start;
    start = above + column;
  }
}
