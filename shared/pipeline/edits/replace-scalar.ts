import { isScalar, Scalar } from 'yaml';
import { formatLiteral, formatScalar } from './format-value.ts';
import { isEmptyNode } from './insert-entry.ts';
import { lineEnd } from './line-extent.ts';
import type { Entry } from './locate.ts';
import type { YamlValue } from './operation.ts';
import type { TextEdit } from './text-edit.ts';
import { itemEnd } from './token-extent.ts';
import { isFlow, refuseUsedAnchors, type YamlSource } from './yaml-source.ts';

/** Another scalar in the place and the style of the one before; null where that is no matter of one token. */
export function replaceScalar(
  source: YamlSource,
  { value: node, tokens, collection }: Entry,
  value: YamlValue,
): readonly TextEdit[] | null {
  if (!isScalar(node) || isEmptyNode(node) || (typeof value === 'object' && value !== null)) return null;
  const token = node.srcToken;
  if (token === undefined || (node.tag !== undefined && hasTag(tokens))) return null;
  refuseUsedAnchors(source, [node]);
  const { text, style } = source;
  if (token.type === 'block-scalar') {
    const header = token.props.find(({ type }) => type === 'block-scalar-header');
    if (
      header === undefined ||
      !('source' in header) ||
      node.type !== Scalar.BLOCK_LITERAL ||
      isNowOneLine(node.value, value) ||
      typeof value !== 'string'
    )
      return null;
    return replaceLiteral(source, header.offset, header.source, itemEnd(tokens), value);
  }
  if (typeof value === 'string' && value.includes('\n') && !isFlow(collection)) return null;
  const end = token.offset + ('source' in token ? token.source.length : 0);
  const type = typeof value === 'string' ? (node.type ?? undefined) : undefined;
  const written = formatScalar(value, style, isFlow(collection), type);
  if (written.includes('\n')) return null;
  // A scalar over several lines keeps the comment behind its last one.
  return [{ start: token.offset, end: Math.max(end, token.offset), text: written }].filter(
    (edit) => text.slice(edit.start, edit.end) !== written,
  );
}

/** Whether a script of several lines comes to one, which reads better beside its key. */
const isNowOneLine = (before: unknown, value: YamlValue): boolean =>
  typeof value === 'string' && !value.includes('\n') && String(before).trimEnd().includes('\n');

const hasTag = ({ start, sep }: Entry['tokens']): boolean =>
  [...start, ...(sep ?? [])].some(({ type }) => type === 'tag');

/** The lines of a literal that differ, with the indent that it has. */
function replaceLiteral(
  { text, style }: YamlSource,
  headerStart: number,
  header: string,
  end: number,
  value: string,
): readonly TextEdit[] | null {
  if (/\d/.test(header)) return null;
  const bodyStart = lineEnd(text, headerStart + header.length);
  const indent = /^(?:[^\S\n]*\n)*( *)\S/.exec(text.slice(bodyStart, end))?.[1]?.length;
  if (indent === undefined || indent === 0) return null;
  const { head, lines } = formatLiteral(value, indent, style);
  if (!head.startsWith('|')) return null;
  const isClosed = text[end - 1] === '\n';
  const body = lines.join(style.newline) + (isClosed ? style.newline : '');
  // Without `+` the blank lines behind the text are no part of it.
  const tail =
    head === '|+' || header.includes('+')
      ? ''
      : (/(?:\r?\n[^\S\n]*)*$/.exec(text.slice(bodyStart, end).replace(/\r?\n$/, ''))?.[0] ?? '');
  return [
    { start: headerStart, end: headerStart + header.length, text: head },
    { start: bodyStart, end, text: tail === '' ? body : body.replace(/\r?\n$/, '') + tail + style.newline },
  ];
}
