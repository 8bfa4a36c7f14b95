import type { Issue } from '#shared/lib/issue.ts';
import type { Breather } from '../breather.ts';
import { reportIssue, tooLarge } from '../report-issue.ts';
import { decodeText } from '../text/decode-bytes.ts';
import { placeIn } from '../xml/doctype.ts';
import { measureJson } from './measure-json.ts';

/** A JSON document; else why it was refused, with the place. Rejects with the signal's reason only. */
export async function readJson(
  bytes: Uint8Array,
  name: string,
  breather: Breather,
): Promise<{ readonly value: unknown } | { readonly issue: Issue }> {
  const large = tooLarge(bytes, name);
  if (large) return { issue: large };
  const text = decodeText(bytes);
  if (text.trim() === '') return { issue: reportIssue(name, 'report-empty', 'The report is empty.') };
  const excess = await measureJson(text, breather);
  if (excess) {
    const message = `The report has ${excess.message}, which no report needs.`;
    return { issue: reportIssue(name, 'report-too-large', message, placeIn(text, excess.offset)) };
  }
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { issue: brokenJson(text, name, error) };
  }
}

function brokenJson(text: string, name: string, { message }: SyntaxError): Issue {
  const position = /at position (\d+)/.exec(message)?.[1];
  const isCut =
    position === undefined
      ? /end of JSON/.test(message)
      : /Unterminated/.test(message) || Number(position) >= text.trimEnd().length;
  const place = placeIn(text, isCut || position === undefined ? text.length : Number(position));
  if (isCut) {
    return reportIssue(name, 'report-broken-json', 'The report is cut off: its JSON does not end.', {
      ...place,
      hint: 'the tool was probably stopped while it wrote the file',
    });
  }
  // What V8 quotes of the text is no place for control characters, and the place is told anyway.
  const reason = message.replace(/,? (?:\.\.\.)?".*$/s, '').replace(/ in JSON.*$/s, '');
  return reportIssue(name, 'report-broken-json', `The report is no JSON: ${reason}.`, place);
}
