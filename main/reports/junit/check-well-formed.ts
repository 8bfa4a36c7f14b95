import { readDoctype } from './doctype.ts';

/** Where and why a text is no well-formed XML. */
export interface XmlFault {
  readonly message: string;
  readonly offset: number;
  /** The text ended too early: its writer was stopped, or the file was cut off. */
  readonly isTruncated: boolean;
}

interface OpenTag {
  readonly name: string;
  readonly offset: number;
}

const START_TAG = /<([\p{L}_:][\p{L}\p{N}_:.\-\u00b7]*)/uy;
const ATTRIBUTE = /\s+([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
const TAG_END = /\s*(\/?)>/y;
const END_TAG = /<\/([^\s<>/]+)\s*>/y;
const SHOWN_CHARS = 100;

/** No report comes near these; the parser's memory would grow by a multiple of what exceeds them. */
const MAX_DEPTH = 100;
const MAX_ATTRIBUTES = 1_000;
const MAX_STRAY_CHARS = 1_000_000;

const fault = (message: string, offset: number, isTruncated = false): XmlFault => ({
  message,
  offset,
  isTruncated,
});
const show = (name: string) => `<${name.slice(0, SHOWN_CHARS)}>`;

/** The end of the comment, CDATA section, instruction or DOCTYPE at `at`; null when it has none; undefined when it is no such thing. */
function skipMarkup(text: string, at: number): number | null | undefined {
  if (text.startsWith('<!DOCTYPE', at)) return readDoctype(text, at).end;
  const ends = [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const;
  const found = ends.find(([start]) => text.startsWith(start, at));
  if (!found) return undefined;
  const close = text.indexOf(found[1], at + found[0].length);
  return close === -1 ? null : close + found[1].length;
}

/** Reads a start tag. Its attributes are checked, for a parser would make up names from what is left of a broken one. */
function readStartTag(text: string, at: number): { name: string; end: number; isEmpty: boolean } | XmlFault {
  START_TAG.lastIndex = at;
  const name = START_TAG.exec(text)?.[1];
  if (name === undefined) return fault('a `<` does not begin a tag', at, at === text.length - 1);
  ATTRIBUTE.lastIndex = START_TAG.lastIndex;
  let end = START_TAG.lastIndex;
  let attributes = 0;
  for (let match = ATTRIBUTE.exec(text); match; match = ATTRIBUTE.exec(text)) {
    const raw = (match[2] ?? match[3]!).indexOf('<');
    if (raw !== -1) {
      return fault(
        `the attribute ${match[1]!.slice(0, SHOWN_CHARS)} of ${show(name)} holds a raw \`<\``,
        match.index + match[0].indexOf('<'),
      );
    }
    end = ATTRIBUTE.lastIndex;
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES)
      return fault(`${show(name)} has more than ${MAX_ATTRIBUTES} attributes`, at);
  }
  TAG_END.lastIndex = end;
  const close = TAG_END.exec(text);
  if (close) return { name, end: TAG_END.lastIndex, isEmpty: close[1] === '/' };
  const rest = text.slice(end).trimStart();
  const isCut = !rest.includes('>') || /^[^\s=<>"'/]*\s*=\s*(?:"[^"]*|'[^']*)$/.test(rest);
  return fault(`the tag ${show(name)} has a broken attribute or no end`, isCut ? at : end, isCut);
}

/**
 * Checks that tags are closed in order, that attributes have quoted values and that there is one root, in linear time.
 * Entities, names in detail and characters are not checked: many tools get those wrong without harm.
 * @param textElements elements in which text of any length may stand
 * @returns the first fault, or null
 */
export function checkWellFormed(text: string, textElements: ReadonlySet<string>): XmlFault | null {
  const open: OpenTag[] = [];
  let hasRoot = false;
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next === -1 ? text.length : next;
    if (open.length === 0 && text.slice(at, end).trim() !== '') {
      return fault(
        hasRoot ? 'there is text after the end of the document' : 'there is text before the first tag',
        at,
      );
    }
    if (end - at > MAX_STRAY_CHARS && !open.some((tag) => textElements.has(tag.name))) {
      const parent = open.at(-1);
      if (parent)
        return fault(
          `${show(parent.name)} holds a text of ${end - at} characters, where only elements belong`,
          at,
        );
    }
    if (next === -1) break;
    const skipped = skipMarkup(text, next);
    if (skipped === null) return fault('a comment, a CDATA section or a declaration has no end', next, true);
    if (skipped !== undefined) {
      at = skipped;
      continue;
    }
    if (text.startsWith('</', next)) {
      END_TAG.lastIndex = next;
      const name = END_TAG.exec(text)?.[1];
      const expected = open.pop();
      if (name === undefined) return fault('an end tag is broken', next, !text.includes('>', next));
      if (!expected) return fault(`</${name.slice(0, SHOWN_CHARS)}> closes what was never opened`, next);
      if (expected.name !== name)
        return fault(`${show(expected.name)} is closed by </${name.slice(0, SHOWN_CHARS)}>`, next);
      at = END_TAG.lastIndex;
      continue;
    }
    if (open.length === 0 && hasRoot) return fault('there is a second root element', next);
    const tag = readStartTag(text, next);
    if ('message' in tag) return tag;
    hasRoot = true;
    if (open.length >= MAX_DEPTH) return fault(`elements are nested more than ${MAX_DEPTH} deep`, next);
    if (!tag.isEmpty) open.push({ name: tag.name, offset: next });
    at = tag.end;
  }
  const unclosed = open.pop();
  if (unclosed) return fault(`${show(unclosed.name)} is never closed`, unclosed.offset, true);
  return hasRoot ? null : fault('there is no element', 0);
}
