import { SaxesParser } from 'saxes';
import type { Issue } from '#shared/lib/issue.ts';
import { createBreather } from '../breather.ts';
import { reportIssue, type ReportIssueCode, type IssueRest, tooLarge } from '../report-issue.ts';
import { decoderFor } from '../text/decode-bytes.ts';
import { createTreeBuilder, type XmlForm } from './build-tree.ts';
import { findDoctype, placeIn } from './doctype.ts';
import { XmlFault } from './xml-fault.ts';

const CHUNK_BYTES = 64 * 1024;
/** What stands before the root is looked at for a DOCTYPE so far; one behind it declares nothing either. */
const MAX_PROLOG_CHARS = 1_000_000;

/** What many tools get wrong without harm: characters that XML forbids, names of entities that nobody declared. */
const DISALLOWED = 'disallowed character.';
const HARMLESS = new Set([DISALLOWED, 'undefined entity.', 'malformed character entity.']);

/** XML of a kind that the caller knows: what it came to; else why it was refused. */
export type XmlResult<T> = { readonly value: T } | { readonly issue: Issue };

/**
 * Reads an XML document in pieces. No entity is ever resolved but the five of XML, nothing is fetched, and a document that
 * is broken or cut off is refused as a whole. Takes time in proportion to its bytes, and memory to what is kept of it.
 * Rejects with the signal's reason when that aborts, and never for what the document holds.
 * @param name what issues call it
 * @param choose the form for a root element of that name; null when none is known
 */
export async function readXml<T>(
  bytes: Uint8Array,
  name: string,
  choose: (root: string) => XmlForm<T> | { readonly issue: Issue },
  signal: AbortSignal,
): Promise<XmlResult<T>> {
  const refuse = (
    code: ReportIssueCode,
    message: string,
    rest: IssueRest = {},
  ): { readonly issue: Issue } => ({
    issue: reportIssue(name, code, message, rest),
  });
  const large = tooLarge(bytes, name);
  if (large) return { issue: large };
  const decoder = decoderFor(bytes);
  if ('unknownEncoding' in decoder) {
    const message = `The encoding "${decoder.unknownEncoding}" is not known here.`;
    return refuse('report-encoding', message, { line: 1, column: 1, hint: 'let the tool write UTF-8' });
  }
  // By the rules of XML 1.1, whatever the declaration says: those of 1.0 forbid the `&#27;` of coloured output.
  const parser = new SaxesParser({ forceXMLVersion: true, defaultXMLVersion: '1.1', position: false });
  const tree = createTreeBuilder(parser, choose);
  let isEnding = false;
  let piece = { text: '', from: 0 };
  parser.on('error', ({ message }) => {
    // The parser has the same words for a control character and for a `<` inside of an attribute.
    const isTag = message === DISALLOWED && piece.text[parser.position - piece.from - 1] === '<';
    if (!HARMLESS.has(message) || isTag)
      throw tree.explain(isTag ? 'an attribute holds a raw `<`' : message, isEnding);
  });

  const breather = createBreather(signal);
  try {
    let isBlank = true;
    let prolog: string | null = '';
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      let text = decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true });
      if (isBlank) {
        // What stands before the declaration harms nobody, and some tools print an empty line first.
        const start = text.trimStart();
        if (start === '') continue;
        if (!start.startsWith('<')) {
          const message = 'This is not XML: it does not start with `<`.';
          return refuse('report-not-xml', message, { line: 1, column: 1 });
        }
        if (start.startsWith('<?xml')) text = start;
        isBlank = false;
      }
      if (prolog !== null) {
        prolog += text;
        const doctype = findDoctype(prolog);
        if (doctype?.hasSubset === true) throw new XmlFault('doctype', '', placeIn(prolog, doctype.start));
      }
      piece = { text, from: parser.position };
      parser.write(text);
      if (prolog !== null && (tree.hasRoot() || prolog.length > MAX_PROLOG_CHARS)) prolog = null;
      await breather.rest();
    }
    if (isBlank) return refuse('report-empty', 'The report is empty.');
    isEnding = true;
    parser.write(decoder.decode()).close();
    return tree.result();
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    return { issue: issueOf(error, name) };
  }
}

function issueOf({ fault, message, place }: XmlFault, name: string): Issue {
  switch (fault) {
    case 'doctype':
      return reportIssue(
        name,
        'report-doctype',
        'The report declares entities or elements of its own in a DOCTYPE, which is not accepted.',
        { ...place, hint: 'reports are data: let the tool write them without a DOCTYPE' },
      );
    case 'too-large':
      return reportIssue(name, 'report-too-large', message, place);
    case 'cut-off':
      return reportIssue(name, 'report-broken-xml', `The report is cut off: ${message}.`, {
        ...place,
        hint: 'the tool was probably stopped while it wrote the file',
      });
    case 'broken':
      return reportIssue(name, 'report-broken-xml', `The report is not well-formed XML: ${message}.`, place);
  }
}
