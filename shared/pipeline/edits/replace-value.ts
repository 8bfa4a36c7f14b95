import { isAlias, isMap, isSeq, Scalar } from 'yaml';
import { type FormattedValue, formatBlock, formatFlow, formatScalar } from './format-value.ts';
import { behindNestedComments, lineEnd, lineStart, separated } from './line-extent.ts';
import { type Entry, missingColon } from './locate.ts';
import type { YamlValue } from './operation.ts';
import type { TextEdit } from './text-edit.ts';
import { type Extent, indicatorEnd, itemEnd, itemStart } from './token-extent.ts';
import { isFlow, refuseUsedAnchors, type YamlSource } from './yaml-source.ts';

/** Writes a value anew, its anchor and tag gone. Of a block only the comment in the line of its key stays; of others all. */
export function replaceValue(source: YamlSource, entry: Entry, value: YamlValue): readonly TextEdit[] {
  const { style } = source;
  const { tokens, collection, value: node } = entry;
  if (!isAlias(node)) refuseUsedAnchors(source, [node]);
  const end = itemEnd(tokens);
  const behind = indicatorEnd(tokens);
  if (isFlow(collection)) {
    const written = formatFlow(value, style);
    if (entry.pair === null) return [{ start: itemStart(tokens), end, text: written }];
    return [{ start: behind ?? end, end, text: `${behind === null ? ':' : ''} ${written}` }];
  }
  if (behind === null)
    return [{ start: end, end, text: missingColon(source, entry) + formatFlow(value, style) }];
  const start = itemStart(tokens);
  const column = start - lineStart(source.text, start);
  const formatted = formatBlock(
    value,
    column,
    entry.pair === null ? { ...style, step: 2, listStep: 2 } : style,
  );
  const place: Place = { behind, start: firstOfValue(entry, behind), end, column };
  const isBlock = (isMap(node) || isSeq(node)) && !isFlow(node);
  return isBlock
    ? replaceBlock(source, place, formatted)
    : replaceTokens(source, place, headOf(entry, end), formatted, value);
}

/** Where a value stands: behind what, from where to where, and the column of its key or `-`. */
interface Place extends Extent {
  readonly behind: number;
  readonly column: number;
}

function replaceBlock(
  { text, style }: YamlSource,
  { behind, start, end, column }: Place,
  { head, lines }: FormattedValue,
): readonly TextEdit[] {
  const oldEnd = behindNestedComments(text, lineEnd(text, end), column);
  const isOpen = text[oldEnd - 1] !== '\n';
  const newHead = head === '' ? '' : ` ${head}`;
  const body = lines.length === 0 ? '' : lines.join(style.newline) + (isOpen ? '' : style.newline);
  const keyLineEnd = lineEnd(text, behind);
  if (start >= keyLineEnd) {
    return [
      { start: behind, end: behind, text: newHead },
      { start: keyLineEnd, end: oldEnd, text: body },
    ];
  }
  const lineBreak = lines.length > 0 || !isOpen ? style.newline : '';
  return [{ start: behind, end: oldEnd, text: newHead + lineBreak + body }];
}

/** @param headEnd behind what stands for the value in its first line: all of it, or the `|` of a block scalar */
function replaceTokens(
  { text, style }: YamlSource,
  { behind, start, end, column }: Place,
  headEnd: number,
  { head, lines }: FormattedValue,
  value: YamlValue,
): readonly TextEdit[] {
  const bodyStart = headEnd < end ? lineEnd(text, headEnd) : end;
  const oldBody = headEnd < end ? [{ start: bodyStart, end, text: '' }] : [];
  if (text.slice(behind, start).includes('#')) {
    // A comment between the name and the value: what is written in the place of the value leaves it there.
    const written = head.startsWith('|')
      ? formatScalar(value, style, false, Scalar.QUOTE_DOUBLE)
      : formatFlow(value, style);
    return [{ start, end: headEnd, text: written }, ...oldBody];
  }
  const newHead = { start: behind, end: headEnd, text: head === '' ? '' : ` ${head}` };
  if (lines.length === 0) return [newHead, ...oldBody];
  const below = lineEnd(text, end);
  const at = behindNestedComments(text, below, column);
  if (head.startsWith('|') && at > below) {
    // The comments below would become part of a literal.
    const quoted = formatScalar(value, style, false, Scalar.QUOTE_DOUBLE);
    return [{ ...newHead, text: ` ${quoted}` }, ...oldBody];
  }
  const body = separated(text, at, below, lines).join(style.newline);
  const isOpen = text[at - 1] !== '\n';
  const added = { start: at, end: at, text: isOpen ? style.newline + body : body + style.newline };
  return [newHead, ...oldBody, added];
}

function headOf({ value, tokens }: Entry, end: number): number {
  const token = tokens.value ?? (value === null ? undefined : value.srcToken);
  if (token?.type !== 'block-scalar') return end;
  const header = token.props.find(({ type }) => type === 'block-scalar-header');
  return header !== undefined && 'source' in header ? header.offset + header.source.length : end;
}

function firstOfValue({ value, tokens }: Entry, behind: number): number {
  const props = [...(tokens.sep ?? tokens.start)].find(
    ({ type, offset }) => (type === 'anchor' || type === 'tag') && offset >= behind,
  );
  return props?.offset ?? tokens.value?.offset ?? value?.range?.[0] ?? behind;
}
