import { XMLParser } from 'fast-xml-parser';
import type { Issue } from '#shared/lib/issue.ts';
import { reportIssue } from '../report-issue.ts';
import { checkWellFormed } from './check-well-formed.ts';
import type { XmlFault } from './check-well-formed.ts';
import { findDoctype } from './doctype.ts';
import { elementsOf } from './xml-element.ts';
import type { ParsedNode, XmlElement } from './xml-element.ts';

/** Far more elements than any report has, and few enough to hold in memory. */
const MAX_ELEMENTS = 1_000_000;

/** Elements that only hold text. The parser cuts them out whole, which keeps a log of 50 MB cheap. */
const TEXT_ELEMENTS: ReadonlySet<string> = new Set([
  'failure',
  'error',
  'skipped',
  'system-out',
  'system-err',
  'flakyFailure',
  'flakyError',
  'rerunFailure',
  'rerunError',
  'properties',
]);

class TooManyElements extends Error {}

function parse(text: string): readonly ParsedNode[] {
  let elements = 0;
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: true,
    // References are resolved by decodeReferences alone, so that what a DOCTYPE declares is never expanded.
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    // checkWellFormed has a limit of its own, with a place to point at.
    maxNestedTags: 1_000,
    jPath: false,
    stopNodes: Array.from(TEXT_ELEMENTS, (name) => `..${name}`),
    updateTag(name) {
      elements += 1;
      if (elements > MAX_ELEMENTS) throw new TooManyElements();
      return name !== 'properties';
    },
  });
  return parser.parse(text) as readonly ParsedNode[];
}

function place(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

function brokenXml(file: string, text: string, { message, offset, isTruncated }: XmlFault): Issue {
  const what = isTruncated ? 'The report is cut off' : 'The report is not well-formed XML';
  return reportIssue(file, 'report-broken-xml', `${what}: ${message}.`, {
    ...place(text, offset),
    ...(isTruncated && { hint: 'the test tool was probably stopped while it wrote the file' }),
  });
}

/** Parses XML text into its root element, or one issue that says why it is refused. Never throws, never resolves an entity. */
export function readXml(text: string, file: string): { root: XmlElement } | { issue: Issue } {
  const refuse = (...rest: Parameters<typeof reportIssue> extends [string, ...infer R] ? R : never) => ({
    issue: reportIssue(file, ...rest),
  });
  if (text.trim() === '') return refuse('report-empty', 'The report is empty.');
  if (!text.trimStart().startsWith('<')) {
    return refuse('report-not-xml', 'This is not XML: it does not start with `<`.', { line: 1, column: 1 });
  }
  const doctype = findDoctype(text);
  if (doctype?.hasSubset) {
    return refuse(
      'report-doctype',
      'The report declares entities or elements of its own in a DOCTYPE, which is not accepted.',
      {
        ...place(text, doctype.start),
        hint: 'reports are data: let the test tool write them without a DOCTYPE',
      },
    );
  }
  try {
    // fast-xml-parser is lenient: it would take half a report for a whole one.
    const fault = checkWellFormed(text, TEXT_ELEMENTS);
    if (fault) return { issue: brokenXml(file, text, fault) };
    const root = elementsOf(parse(text))[0];
    return root ? { root } : refuse('report-not-xml', 'The report has no element.', { line: 1, column: 1 });
  } catch (error) {
    if (error instanceof TooManyElements) {
      return refuse(
        'report-too-large',
        `The report has more than ${MAX_ELEMENTS.toLocaleString('en')} elements.`,
      );
    }
    return refuse(
      'report-broken-xml',
      `The report could not be parsed: ${(error as Error).message.slice(0, 300)}`,
    );
  }
}
