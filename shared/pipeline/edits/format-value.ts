import { Document, Scalar, isScalar } from 'yaml';
import type { FileStyle } from './file-style.ts';
import type { YamlValue } from './operation.ts';
import { EditRefused } from './yaml-source.ts';

/** The longest list that is written in one line. */
const MAX_FLOW_CHARS = 72;

/** A value in the style of a file. */
export interface FormattedValue {
  /** What stands behind the `:` or the `-`, without a space before it; '' when all of it is below. */
  readonly head: string;
  /** Further lines, each with its indent and without a line break. */
  readonly lines: readonly string[];
}

const TO_STRING = { lineWidth: 0, minContentWidth: 0 } as const;

/** @param indent columns of the key or of the `-` that holds the value */
export function formatBlock(value: YamlValue, indent: number, style: FileStyle): FormattedValue {
  if (Array.isArray(value)) return formatList(value as readonly YamlValue[], indent, style);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as Readonly<Record<string, YamlValue>>);
    if (entries.length === 0) return { head: '{}', lines: [] };
    return { head: '', lines: formatEntries(entries, indent + style.step, style) };
  }
  if (typeof value === 'string' && value.includes('\n'))
    return formatLiteral(value, indent + style.step, style);
  return { head: formatScalar(value, style, false), lines: [] };
}

function formatList(items: readonly YamlValue[], indent: number, style: FileStyle): FormattedValue {
  if (items.length === 0) return { head: '[]', lines: [] };
  if (style.flowLists && items.every(isShortScalar)) {
    const flow = formatFlow(items, style);
    if (flow.length <= MAX_FLOW_CHARS) return { head: flow, lines: [] };
  }
  return { head: '', lines: items.flatMap((item) => formatItem(item, indent + style.listStep, style)) };
}

const isShortScalar = (value: YamlValue): boolean =>
  (typeof value !== 'object' || value === null) && !String(value).includes('\n');

/** The lines of an entry whose key stands in the column `indent`. */
export function formatEntry(key: string, value: YamlValue, indent: number, style: FileStyle): string[] {
  const { head, lines } = formatBlock(value, indent, style);
  const start = `${' '.repeat(indent)}${formatKey(key, style)}:`;
  return [head === '' ? start : `${start} ${head}`, ...lines];
}

export function formatEntries(
  entries: readonly (readonly [string, YamlValue])[],
  indent: number,
  style: FileStyle,
): string[] {
  return entries.flatMap(([key, value]) => formatEntry(key, value, indent, style));
}

/** The lines of an item whose `-` stands in the column `indent`. */
export function formatItem(value: YamlValue, indent: number, style: FileStyle): string[] {
  const dash = `${' '.repeat(indent)}- `;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value as Readonly<Record<string, YamlValue>>);
    if (entries.length > 0) {
      const [first = '', ...rest] = formatEntries(entries, indent + 2, style);
      return [dash + first.trimStart(), ...rest];
    }
  }
  const { head, lines } = formatBlock(value, indent, { ...style, step: 2, listStep: 2 });
  if (head === '' && lines.length > 0) return [dash + lines[0]!.trimStart(), ...lines.slice(1)];
  return [dash + head, ...lines];
}

/** A value in one line, for places inside of `{ }` and `[ ]`. */
export function formatFlow(value: YamlValue, style: FileStyle): string {
  if (Array.isArray(value)) {
    const items = (value as readonly YamlValue[]).map((item) => formatFlow(item, style));
    return wrap('[', items, ']', style.paddedLists);
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as Readonly<Record<string, YamlValue>>);
    const texts = entries.map(([key, item]) => `${formatKey(key, style, true)}: ${formatFlow(item, style)}`);
    return wrap('{', texts, '}', style.paddedMaps);
  }
  return formatScalar(value, style, true);
}

function wrap(open: string, items: readonly string[], close: string, padded: boolean): string {
  if (items.length === 0) return open + close;
  return padded ? `${open} ${items.join(', ')} ${close}` : open + items.join(', ') + close;
}

/** @param type how texts are written where that is possible; else as YAML and the file's quotes want it */
export function formatScalar(
  value: YamlValue,
  style: Pick<FileStyle, 'quote'>,
  inFlow: boolean,
  type?: Scalar.Type,
): string {
  const scalar = new Scalar(value);
  // A text over several lines in double quotes stands in one line.
  const isOneLine =
    inFlow || type === Scalar.QUOTE_SINGLE || type === Scalar.QUOTE_DOUBLE || type === Scalar.PLAIN;
  const text = typeof value === 'string' && value.includes('\n') && isOneLine ? Scalar.QUOTE_DOUBLE : type;
  if (text !== undefined && typeof value === 'string') scalar.type = text;
  const document = new Document([scalar]);
  const list = document.contents as { flow?: boolean };
  if (inFlow) list.flow = true;
  const written = document.toString({ ...TO_STRING, singleQuote: style.quote === 'single' }).trimEnd();
  return inFlow ? written.replace(/^\[\s*/, '').replace(/\s*\]$/, '') : written.replace(/^- /, '');
}

/** @throws EditRefused for a key that takes more than a line */
export function formatKey(
  key: string,
  style: Pick<FileStyle, 'quote'>,
  inFlow = false,
  type?: Scalar.Type,
): string {
  if (key.includes('\n') || key.length > 800)
    throw new EditRefused('A name has one line of at most 800 characters.');
  const scalar = new Scalar(key);
  if (type !== undefined) scalar.type = type;
  const document = new Document(new Map<unknown, unknown>([[scalar, 1]]));
  const map = document.contents as unknown as { flow?: boolean; items: readonly { readonly key: unknown }[] };
  if (type !== undefined && isScalar(map.items[0]?.key)) map.items[0].key.type = type;
  if (inFlow) map.flow = true;
  const written = document.toString({ ...TO_STRING, singleQuote: style.quote === 'single' }).trimEnd();
  return inFlow ? written.replace(/^\{\s*/, '').replace(/:\s*1\s*\}$/, '') : written.replace(/:\s*1$/, '');
}

/** `|` and the lines of a text, whose indent is `indent`; double quotes where no literal can hold it. */
export function formatLiteral(
  text: string,
  indent: number,
  style: Pick<FileStyle, 'quote' | 'literals'>,
): FormattedValue {
  const body = text.replace(/\n+$/, '');
  // Blanks at the start, lines of blanks, and control characters (YAML 1.2, 5.1) do not survive in a literal.
  const isPlain =
    !/^[\s]|[^\S\n]+$|\n[^\S\n]+\n|\r|[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(
      body,
    );
  if (body === '' || !isPlain || !style.literals) {
    return { head: formatScalar(text, style, false, Scalar.QUOTE_DOUBLE), lines: [] };
  }
  const trailing = text.length - body.length;
  const chomping = trailing === 0 ? '-' : trailing === 1 ? '' : '+';
  const lines = body.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return { head: `|${chomping}`, lines: [...lines, ...Array<string>(Math.max(0, trailing - 1)).fill('')] };
}
