import type { SaxesParser } from 'saxes';
import type { Issue } from '#shared/lib/issue.ts';
import { XmlFault } from './xml-fault.ts';
import type { XmlElement } from './xml-element.ts';

/** No report comes near these; memory would grow with what exceeds them. */
const MAX_DEPTH = 100;
const MAX_ATTRIBUTES = 1_000;
const MAX_KEPT = 1_000_000;
const SHOWN_CHARS = 100;

/** How the documents of one root element are read. */
export interface XmlForm<T> {
  /** Elements whose text matters; that of others is dropped while it is read. */
  readonly texts: ReadonlySet<string>;
  /** Elements that do not matter, with all that is inside them. */
  readonly skipped?: ReadonlySet<string>;
  /**
   * Told of each element at its end. False: it has been made use of, and is not kept among its parent's children. So a
   * large document is never in memory as a tree.
   */
  leave?(element: XmlElement, parent: XmlElement): boolean;
  /** What the document comes to, at the end of its root. */
  finish(root: XmlElement): T;
}

export interface TreeBuilder<T> {
  /** Whether the root element has begun. */
  hasRoot(): boolean;
  /** After the last piece was written. */
  result(): { readonly value: T } | { readonly issue: Issue };
  /** What the parser complains of, in words and with its place. */
  explain(message: string, isEnding: boolean): XmlFault;
}

class Frame implements XmlElement {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly children: XmlElement[] = [];
  attributes: Readonly<Record<string, string>> = {};
  text = '';
  /** The element itself or the one around it whose text is kept. */
  readonly texts: Frame | null;
  readonly isSkipped: boolean;
  /** Elements below it that are kept. */
  size = 0;

  constructor(name: string, parser: SaxesParser, texts: Frame | null | 'self', isSkipped: boolean) {
    this.name = name.slice(name.indexOf(':') + 1);
    // The sign behind the name has been read already, and may have been a line end.
    this.line = parser.columnIndex === 0 ? parser.line - 1 : parser.line;
    this.column = Math.max(1, parser.columnIndex - name.length - 1);
    this.texts = texts === 'self' ? this : texts;
    this.isSkipped = isSkipped;
  }

  attribute(name: string): string | null {
    const value = this.attributes[name]?.trim() ?? '';
    // The reporter of Node's test runner escapes quotes twice (`&amp;quot;`, seen in Node 20 to 24).
    return value === '' ? null : value.includes('&quot;') ? value.replaceAll('&quot;', '"') : value;
  }
}

/** What the parser says in words that suit a report better. */
const WORDS: Readonly<Record<string, string>> = {
  'documents may contain only one root.': 'there is a second root element',
  'text data outside of root node.': 'there is text outside of the root element',
  'unquoted attribute value.': 'an attribute has a value without quotes',
};

const show = (name: string): string => `<${name.slice(0, SHOWN_CHARS)}>`;

/** Follows a parser and makes elements of what it finds. @throws XmlFault out of the parser's `write` and `close` */
export function createTreeBuilder<T>(
  parser: SaxesParser,
  choose: (root: string) => XmlForm<T> | { readonly issue: Issue },
): TreeBuilder<T> {
  const open: Frame[] = [];
  let form: XmlForm<T> | null = null;
  let result: { readonly value: T } | { readonly issue: Issue } | null = null;
  let attributes = 0;
  let hasRoot = false;
  let lastClosed: Frame | null = null;

  const here = (): { line: number; column: number } => ({
    line: parser.line,
    column: Math.max(1, parser.columnIndex),
  });

  // No more than these: with one handler more the parser's object becomes a slow one, and reading takes six times as long.
  parser.on('opentagstart', ({ name }) => {
    const parent = open.at(-1);
    const local = name.slice(name.indexOf(':') + 1);
    const isSkipped = parent?.isSkipped === true || form?.skipped?.has(local) === true;
    const isText = !isSkipped && form?.texts.has(local) === true;
    const frame = new Frame(name, parser, isText ? 'self' : (parent?.texts ?? null), isSkipped);
    if (open.length >= MAX_DEPTH) {
      throw new XmlFault('broken', `elements are nested more than ${MAX_DEPTH} deep`, frame);
    }
    if (parent === undefined) {
      hasRoot = true;
      const chosen = choose(frame.name);
      if ('issue' in chosen) result = chosen;
      else form = chosen;
    }
    attributes = 0;
    open.push(frame);
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) {
      const frame = open.at(-1)!;
      throw new XmlFault('broken', `${show(frame.name)} has more than ${MAX_ATTRIBUTES} attributes`, frame);
    }
  });
  parser.on('opentag', (tag) => {
    open.at(-1)!.attributes = tag.attributes;
  });
  const addText = (text: string): void => {
    const target = open.at(-1)?.texts;
    if (target) target.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop()!;
    lastClosed = element;
    if (form === null || element.isSkipped) return;
    const parent = open.at(-1);
    if (parent === undefined) {
      result = { value: form.finish(element) };
      return;
    }
    if (form.leave?.(element, parent) === false) return;
    parent.children.push(element);
    parent.size += element.size + 1;
    if (parent.size > MAX_KEPT) {
      const message = `The report has more than ${MAX_KEPT.toLocaleString('en')} elements.`;
      throw new XmlFault('too-large', message, here());
    }
  });

  return {
    hasRoot: () => hasRoot,
    result: () => result!,
    explain(message, isEnding) {
      const unclosed = open.at(-1);
      if (isEnding) {
        return unclosed === undefined
          ? new XmlFault('cut-off', 'it ends too early', here())
          : new XmlFault('cut-off', `${show(unclosed.name)} is never closed`, unclosed);
      }
      // The parser takes the element as closed before it complains.
      if (message === 'unexpected close tag.' && lastClosed !== null) {
        const where = `${show(lastClosed.name)} of line ${lastClosed.line}`;
        return new XmlFault('broken', `an end tag stands where ${where} is still open`, here());
      }
      return new XmlFault('broken', WORDS[message] ?? message.replace(/\.$/, '').slice(0, 300), here());
    },
  };
}
