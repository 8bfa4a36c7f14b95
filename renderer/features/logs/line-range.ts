/** Lines of a log, both ends included, `from <= to`. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** The range after a click on a line's number: that line, or with Shift all up to it; a second click on it clears. */
export function pickLine(before: LineRange | null, line: number, extend: boolean): LineRange | null {
  if (before === null) return { from: line, to: line };
  if (extend)
    return { from: Math.min(before.from, line), to: Math.max(line, line < before.from ? before.to : line) };
  return before.from === line && before.to === line ? null : { from: line, to: line };
}
