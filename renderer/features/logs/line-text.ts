import type { LogLine } from '#shared/api/schemas.ts';
import { parseAnsiLine, type AnsiSegment, type AnsiStyle } from './ansi-line.ts';
import type { LineHit } from './search-hits.ts';

/** Longer lines are cut on screen; a copy and a download have all of them. */
const MOST_CHARS = 10_000;

/** Text of one look. `hit`: its position among the hits of a search. */
export interface TextPiece {
  readonly text: string;
  readonly style: AnsiStyle;
  readonly hit: number | null;
}

export interface LineText {
  readonly pieces: readonly TextPiece[];
  /** Bytes, about, that are not shown. */
  readonly hiddenBytes: number;
}

const parsed = new WeakMap<LogLine, readonly AnsiSegment[]>();

function segmentsOf(line: LogLine): readonly AnsiSegment[] {
  let segments = parsed.get(line);
  if (segments === undefined) {
    segments = parseAnsiLine(line.text);
    parsed.set(line, segments);
  }
  return segments;
}

/** What to show of a line, cut where a hit begins or ends. */
export function lineText(line: LogLine, hits: readonly LineHit[]): LineText {
  const pieces: TextPiece[] = [];
  let shown = 0;
  let hidden = 0;
  for (const { text, start, style } of segmentsOf(line)) {
    const visible = text.slice(0, Math.max(0, MOST_CHARS - shown));
    shown += visible.length;
    hidden += text.length - visible.length;
    let from = 0;
    for (const hit of hits) {
      const hitFrom = Math.max(from, hit.start - start);
      const hitTo = Math.min(visible.length, hit.end - start);
      if (hitTo <= hitFrom) continue;
      if (hitFrom > from) pieces.push({ text: visible.slice(from, hitFrom), style, hit: null });
      pieces.push({ text: visible.slice(hitFrom, hitTo), style, hit: hit.position });
      from = hitTo;
    }
    if (from < visible.length) pieces.push({ text: visible.slice(from), style, hit: null });
  }
  return { pieces, hiddenBytes: hidden + line.truncatedBytes };
}
