import {
  MAX_DETAILS_CHARS,
  MAX_MESSAGE_CHARS,
  MAX_NAME_CHARS,
  MAX_OUTPUT_CHARS,
  MAX_REPORT_TEXT_CHARS,
} from '#shared/reports/test-report.ts';
import { cleanText, clipText, createInterner } from '../text/clean-text.ts';

/** Cleans and clips the texts of one report, and keeps count of how much of them it holds. */
export interface TextBudget {
  name(text: string | null): string | null;
  /** Of a name that many cases share, such as their class or file. */
  shared(text: string | null): string | null;
  message(text: string | null): string | null;
  /** Null for a blank text, and once the report's allowance is spent. */
  details(text: string): string | null;
  output(text: string): string | null;
  /** Whether a text was left out for want of allowance. */
  readonly isSpent: boolean;
}

export function createTextBudget(): TextBudget {
  const left = { details: MAX_REPORT_TEXT_CHARS, output: MAX_REPORT_TEXT_CHARS };
  const intern = createInterner();
  let isSpent = false;
  const spend = (kind: keyof typeof left, text: string): string | null => {
    if (text.length > left[kind]) {
      isSpent = true;
      return null;
    }
    left[kind] -= text.length;
    return text;
  };
  const clip = (text: string | null, max: number): string | null =>
    text === null ? null : clipText(cleanText(text), max, 'start');
  return {
    name: (text) => clip(text, MAX_NAME_CHARS),
    shared: (text) => (text === null ? null : intern(clipText(text, MAX_NAME_CHARS, 'start'))),
    message: (text) => clip(text, MAX_MESSAGE_CHARS),
    details(text) {
      const clean = cleanText(text).trim();
      return clean === '' ? null : spend('details', clipText(clean, MAX_DETAILS_CHARS, 'start'));
    },
    output(text) {
      const clean = cleanText(text).trim();
      return clean === '' ? null : spend('output', clipText(clean, MAX_OUTPUT_CHARS, 'end'));
    },
    get isSpent() {
      return isSpent;
    },
  };
}
