import type { CST } from 'yaml';

/** Offsets of the first code unit and of that after the last. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

const TRIVIA: readonly string[] = ['space', 'comment', 'newline', 'comma'];
const isTrivia = ({ type }: { readonly type: string }): boolean => TRIVIA.includes(type);

/** Behind the last token of an entry that is neither blank nor comment; behind the last line break of a block scalar. */
export function itemEnd({ start, key, sep, value }: CST.CollectionItem): number {
  return tokenEnd(value) ?? lastEnd(sep ?? []) ?? tokenEnd(key) ?? lastEnd(start) ?? start[0]?.offset ?? 0;
}

/** Where an entry begins: with its `-`, `?`, anchor or key. */
export function itemStart({ start, key, sep, value }: CST.CollectionItem): number {
  const first = start.find((token) => !isTrivia(token));
  const tokens = [first, key ?? undefined, sep?.find((token) => !isTrivia(token)), value];
  return tokens.find((token) => token !== undefined)?.offset ?? 0;
}

/** Behind the `:` or the `-` of an entry; null where there is neither, as in `{a}` or `[a]`. */
export function indicatorEnd({ start, sep }: CST.CollectionItem): number | null {
  const token =
    sep?.find(({ type }) => type === 'map-value-ind') ?? start.find(({ type }) => type === 'seq-item-ind');
  return token === undefined ? null : token.offset + token.source.length;
}

/** Behind the anchors and tags of a value that follow the indicator. */
export function propsEnd(item: CST.CollectionItem): number | null {
  const tokens = item.sep ?? item.start;
  return lastEnd(tokens.filter((token) => token.type !== 'comma'));
}

function lastEnd(tokens: readonly CST.SourceToken[]): number | null {
  const last = tokens.findLast((token) => !isTrivia(token));
  return last === undefined ? null : last.offset + last.source.length;
}

function tokenEnd(token: CST.Token | null | undefined): number | null {
  if (token === null || token === undefined) return null;
  if (token.type === 'block-map' || token.type === 'block-seq') {
    // The last "item" may hold nothing but the comments behind the others.
    const items: readonly CST.CollectionItem[] = token.items;
    const last = items.findLast(
      ({ start, key, sep }) => key !== undefined || sep !== undefined || !start.every(isTrivia),
    );
    return last === undefined ? token.offset : itemEnd(last);
  }
  if (token.type === 'flow-collection') {
    const close = token.end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
    return close === undefined ? token.offset : close.offset + close.source.length;
  }
  if (token.type === 'block-scalar') {
    return token.props.reduce(
      (end, prop) => end + ('source' in prop ? prop.source.length : 0),
      token.offset + token.source.length,
    );
  }
  return 'source' in token ? token.offset + token.source.length : null;
}
