import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { ValidationError } from 'fast-xml-parser';
import type { Issue } from '#shared/lib/issue.ts';
import { reportIssue } from '../report-issue.ts';
import { findInternalSubset } from './doctype.ts';
import { elementsOf } from './xml-element.ts';
import type { ParsedNode, XmlElement } from './xml-element.ts';

/** Far more elements than any report has, and few enough to hold in memory. */
const MAX_ELEMENTS = 2_000_000;
const MAX_DEPTH = 100;

/** Elements that only hold text. The parser cuts them out whole, which keeps a log of 50 MB cheap. */
const TEXT_ELEMENTS = [
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
] as const;

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
    maxNestedTags: MAX_DEPTH,
    jPath: false,
    stopNodes: TEXT_ELEMENTS.map((name) => `..${name}`),
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

function brokenXml(file: string, text: string, { err }: ValidationError): Issue {
  const unclosed = /^Unclosed tag|^Invalid '\[/.test(err.msg);
  if (unclosed) {
    return reportIssue(file, 'report-broken-xml', 'The report ends before all of its elements are closed.', {
      ...place(text, text.length),
      hint: 'the test tool was probably stopped while it wrote the file',
    });
  }
  const detail = err.msg.replace(/\.?\s*$/, '.').slice(0, 300);
  return reportIssue(file, 'report-broken-xml', `This is not well-formed XML: ${detail}`, {
    line: Number.isInteger(err.line) ? err.line : null,
    column: Number.isInteger(err.col) ? err.col : null,
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
  const subset = findInternalSubset(text);
  if (subset !== null) {
    return refuse(
      'report-doctype',
      'The report declares entities or elements of its own in a DOCTYPE, which is not accepted.',
      {
        ...place(text, subset),
        hint: 'reports are data: let the test tool write them without a DOCTYPE',
      },
    );
  }
  try {
    const valid = XMLValidator.validate(text);
    if (valid !== true) return { issue: brokenXml(file, text, valid) };
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
