import { countNewlines, NEWLINE } from './log-bytes.ts';
import type { LogSnapshot } from './log-snapshot.ts';
import { readWindows } from './log-windows.ts';
import { HitList, type SearchResult } from './search-result.ts';

/** Whether `searchText` finds exactly what a search of the decoded lines would find. */
export function isByteSearchable(query: string, caseSensitive: boolean): boolean {
  // U+FFFD stands for bytes that are not its own; a `\r` may belong to a line end; only ASCII folds bytewise.
  if (/\p{Surrogate}/u.test(query) || query.includes('\uFFFD') || query.endsWith('\r')) return false;
  return caseSensitive || /^[\0-\x7f]*$/.test(query);
}

/**
 * Finds a plain text without decoding the log: bytes are looked at as Latin-1, where one byte is one character, so
 * that the engine's fast `indexOf` runs over them. Without `caseSensitive`, ASCII letters fold.
 */
export async function searchText(
  snapshot: LogSnapshot,
  query: string,
  options: { caseSensitive: boolean; limit: number; signal?: AbortSignal | undefined },
): Promise<SearchResult> {
  const fold = (text: string): string => (options.caseSensitive ? text : text.toLowerCase());
  const needle = fold(Buffer.from(query).toString('latin1'));
  const hits = new HitList(options.limit);
  /** Where the last hit ended, from the window's start. */
  let free = 0;
  let line = 1;
  let unitsBefore = 0;

  for await (const { bytes, endBytes, startsMidLine } of readWindows(
    snapshot,
    needle.length,
    options.signal,
  )) {
    const haystack = fold(bytes.toString('latin1'));
    if (!startsMidLine) unitsBefore = 0;
    /** Lines and columns are known up to here. */
    let known = 0;
    const goTo = (offset: number): void => {
      const newlines = countNewlines(bytes, known, offset);
      if (newlines > 0) {
        line += newlines;
        known = bytes.lastIndexOf(NEWLINE, offset - 1) + 1;
        unitsBefore = 0;
      }
      unitsBefore += bytes.toString('utf8', known, offset).length;
      known = offset;
    };

    let found = haystack.indexOf(needle, free);
    while (found >= 0 && found < endBytes) {
      if (hits.full) hits.count();
      else {
        goTo(found);
        hits.add(line, unitsBefore + 1, query.length);
      }
      free = found + needle.length;
      found = haystack.indexOf(needle, free);
    }
    free = Math.max(0, free - endBytes);
    if (!hits.full) goTo(endBytes);
  }
  return hits.result();
}
