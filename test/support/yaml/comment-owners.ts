import { Parser } from 'yaml';
import type { CST } from 'yaml';
import { lineStart } from '#shared/pipeline/edits/line-extent.ts';
import type { YamlSource } from '#shared/pipeline/edits/yaml-source.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import { entriesOf, type FoundEntry } from './entries-of.ts';

/** A comment and the entry that it is about; an empty path is the file. */
export interface OwnedComment {
  readonly text: string;
  readonly owner: ValuePath;
  /** It hangs on its owner: goes where that goes, and away with it. Others stand free between the entries of their owner. */
  readonly isAttached: boolean;
  /** The first entry of the file, where it stands above that. */
  readonly above?: ValuePath;
}

/**
 * Whose each comment of a file is, as a person reads it: one behind something belongs to that; one in a line of its own to
 * the entry right below in its column, else to the entry above that is indented less.
 */
export function commentOwners(source: YamlSource): readonly OwnedComment[] {
  const { text } = source;
  const entries = entriesOf(source);
  return commentOffsets(text).map((offset) => {
    const line = lineAt(text, offset);
    const comment = /^#[^\r\n]*/.exec(text.slice(offset))![0].trimEnd();
    const isOwnLine = text.slice(line.start, offset).replace('\uFEFF', '').trim() === '';
    const owner = isOwnLine
      ? ownLineOwner(text, entries, offset)
      : trailingOwner(entries, line.start, offset);
    return { text: comment, ...owner };
  });
}

type Owner = Omit<OwnedComment, 'text'>;

function trailingOwner(entries: readonly FoundEntry[], lineStart: number, offset: number): Owner {
  let best: FoundEntry | null = null;
  let bestAt = -1;
  for (const entry of entries) {
    const at = [entry.end, entry.indicator].find((place) => place <= offset) ?? entry.start;
    if (at < lineStart || at > offset || entry.start > offset || at < bestAt) continue;
    best = entry;
    bestAt = at;
  }
  return { owner: best?.path ?? [], isAttached: best !== null };
}

function ownLineOwner(text: string, entries: readonly FoundEntry[], offset: number): Owner {
  const column = offset - lineAt(text, offset).start;
  const around = innermost(entries, offset);
  // Comments in lines of their own right above something in the same column are about that.
  let below = lineAt(text, offset).end;
  for (;;) {
    const next = /^[^\S\n]*(#)?/.exec(text.slice(below, lineAt(text, below).end))!;
    if (next[1] === undefined || next[0].length - 1 !== column) break;
    below = lineAt(text, below).end;
  }
  const nextStart = below + /^[^\S\n]*/.exec(text.slice(below))![0].length;
  const next = entries.find((entry) => entry.start === nextStart);
  if (next?.column === column) {
    const isHead = next.path.length === 1 && entries[0] === next && !next.inFlow;
    // What stands above the first entry of a file is about the file.
    return isHead
      ? { owner: [], isAttached: false, above: next.path }
      : { owner: next.path, isAttached: true };
  }
  if (around?.inFlow === true) return { owner: around.path, isAttached: false };
  // Of the entries above, the last that is indented less has it, unless a comment in between is indented as little.
  const near = entries.findLast(
    (entry) =>
      entry.end <= offset &&
      !entry.inFlow &&
      entry.column < column &&
      !isCut(text.slice(entry.end - 1, lineAt(text, offset).start), entry.column),
  );
  const isBetween = around !== null && (near === undefined || near.start < around.start);
  if (isBetween || near === undefined) return { owner: around?.path ?? [], isAttached: false };
  return { owner: near.path, isAttached: true };
}

/** Whether a comment in between is about something else than what is above. */
const isCut = (between: string, column: number): boolean =>
  between
    .split('\n')
    .slice(1)
    .some((line) => /^ *#/.test(line) && line.search(/#/) <= column);

const innermost = (entries: readonly FoundEntry[], offset: number): FoundEntry | null =>
  entries.findLast((entry) => entry.start < offset && entry.end > offset) ?? null;

function commentOffsets(text: string): readonly number[] {
  const offsets: number[] = [];
  const take = (tokens: readonly { readonly type: string; readonly offset?: number }[] | undefined): void => {
    for (const token of tokens ?? []) {
      if (token.type === 'comment' && token.offset !== undefined) offsets.push(token.offset);
    }
  };
  for (const token of new Parser().parse(text)) {
    if (token.type === 'document') {
      take(token.start);
      take(token.end);
      if (token.value !== undefined) takeValue(token.value, take);
    } else take([token]);
  }
  return [...new Set(offsets)].sort((a, b) => a - b);
}

function takeValue(token: CST.Token, take: (tokens: readonly CST.SourceToken[] | undefined) => void): void {
  if ('end' in token && Array.isArray(token.end)) take(token.end);
  if (token.type === 'block-scalar')
    take(token.props.filter((prop): prop is CST.SourceToken => 'source' in prop));
  if (!('items' in token)) return;
  if (token.type === 'flow-collection') take([token.start]);
  for (const { start, key, sep, value } of token.items as readonly CST.CollectionItem[]) {
    take(start);
    if (key != null) takeValue(key, take);
    take(sep);
    if (value !== undefined) takeValue(value, take);
  }
}

function lineAt(text: string, offset: number): { readonly start: number; readonly end: number } {
  const end = text.indexOf('\n', offset);
  return { start: lineStart(text, offset), end: end < 0 ? text.length : end + 1 };
}
