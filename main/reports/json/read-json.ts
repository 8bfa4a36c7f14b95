import type { Issue } from '#shared/lib/issue.ts';
import type { Breather } from '../breather.ts';
import { reportIssue, tooLarge } from '../report-issue.ts';
import { decodeText } from '../text/decode-bytes.ts';
import { placeIn } from '../xml/doctype.ts';
import { measureJson } from './measure-json.ts';
import { JsonFault, parseInPieces } from './parse-in-pieces.ts';

/** From here on a list is read item by item, so that nothing else waits for it. */
const LONG_LIST = { chars: 200_000, items: 50 };

/** A JSON document; else why it was refused, with the place. Rejects with the signal's reason only. */
export async function readJson(
  bytes: Uint8Array,
  name: string,
  breather: Breather,
  long = LONG_LIST,
): Promise<{ readonly value: unknown } | { readonly issue: Issue }> {
  const large = tooLarge(bytes, name);
  if (large) return { issue: large };
  const text = decodeText(bytes);
  if (text.trim() === '') return { issue: reportIssue(name, 'report-empty', 'The report is empty.') };
  const { excess, lists } = await measureJson(text, breather, long);
  if (excess) {
    const message = `The report has ${excess.message}, which no report needs.`;
    return { issue: reportIssue(name, 'report-too-large', message, placeIn(text, excess.offset)) };
  }
  try {
    return { value: await parseInPieces(text, lists, breather) };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return { issue: brokenJson(text, name, error) };
  }
}

function brokenJson(text: string, name: string, { message, offset }: JsonFault): Issue {
  if (/Unterminated/.test(message) || offset >= text.trimEnd().length) {
    return reportIssue(name, 'report-broken-json', 'The report is cut off: its JSON does not end.', {
      ...placeIn(text, text.length),
      hint: 'the tool was probably stopped while it wrote the file',
    });
  }
  // What V8 quotes of the text is no place for control characters, and the place is told anyway.
  const reason = message.replace(/,? (?:\.\.\.)?".*$/s, '').replace(/ in JSON.*$/s, '');
  return reportIssue(name, 'report-broken-json', `The report is no JSON: ${reason}.`, placeIn(text, offset));
}
