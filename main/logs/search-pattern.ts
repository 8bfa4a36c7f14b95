import { LogError } from './log-error.ts';
import type { LogSnapshot } from './log-snapshot.ts';
import { readWindows } from './log-windows.ts';
import { HitList, type SearchResult } from './search-result.ts';
import { createTimeGuard } from './time-guard.ts';

/** A pattern sees this much of a line: many patterns need the square of a line's length. */
export const PATTERN_LINE_UNITS = 65_536;
/** The longest that a search may hold up the host at once, and its time altogether. */
const WINDOW_LIMIT_MS = 250;
const TOTAL_LIMIT_MS = 10_000;

/** @throws LogError `invalid-search` with the reason in one sentence */
export function compilePattern(source: string, caseSensitive: boolean): RegExp {
  const flags = caseSensitive ? 'g' : 'gi';
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    // Unicode mode refuses needless escapes such as `\-`, which people type and every other tool takes.
  }
  try {
    return new RegExp(source, flags);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^.*: /s, '') : 'it cannot be read';
    throw new LogError(
      'invalid-search',
      `The search is not a valid regular expression: ${reason}.`,
      {},
      cause,
    );
  }
}

/** A pattern that matches exactly this text; without `caseSensitive` letters fold as Unicode folds them. */
export function literalPattern(text: string, caseSensitive: boolean): RegExp {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(escaped, caseSensitive ? 'gu' : 'giu');
}

/**
 * Matches a pattern line by line, over the first 65,536 characters of each. An empty match counts only where its line has no other.
 * It runs here and not in a worker thread: its work is cut into windows of a few milliseconds each, and a window that
 * takes longer than 250 ms is interrupted inside the match itself (see createTimeGuard), so nothing hangs.
 * @throws LogError `search-too-slow`
 */
export async function searchPattern(
  snapshot: LogSnapshot,
  pattern: RegExp,
  options: { limit: number; signal?: AbortSignal | undefined },
): Promise<SearchResult> {
  const hits = new HitList(options.limit);
  const guard = createTimeGuard();
  let line = 1;
  let spentMs = 0;
  for await (const { bytes, endBytes, startsMidLine } of readWindows(snapshot, 0, options.signal)) {
    const lines = bytes.toString('utf8', 0, endBytes).split('\n');
    const startedAt = performance.now();
    const inTime = guard(WINDOW_LIMIT_MS, () => {
      for (const [i, text] of lines.entries()) {
        const terminated = i + 1 < lines.length;
        if (i > 0) line += 1;
        if (i === 0 && startsMidLine) continue;
        if (!terminated && text === '') continue;
        matchLine(pattern, line, terminated && text.endsWith('\r') ? text.slice(0, -1) : text, hits);
      }
    });
    spentMs += performance.now() - startedAt;
    if (!inTime || spentMs > TOTAL_LIMIT_MS) {
      const message = `The search took too long and was stopped at line ${line}; make the expression more specific.`;
      throw new LogError('search-too-slow', message, { line });
    }
  }
  return hits.result();
}

function matchLine(pattern: RegExp, line: number, text: string, hits: HitList): void {
  const seen = text.length > PATTERN_LINE_UNITS ? text.slice(0, PATTERN_LINE_UNITS) : text;
  let empty: number | null = null;
  let matched = false;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(seen); match !== null; match = pattern.exec(seen)) {
    const length = match[0].length;
    if (length > 0) {
      matched = true;
      hits.add(line, match.index + 1, length);
    } else {
      empty ??= match.index;
      pattern.lastIndex += pattern.unicode && seen.codePointAt(match.index)! > 0xffff ? 2 : 1;
    }
  }
  if (!matched && empty !== null) hits.add(line, empty + 1, 0);
}
