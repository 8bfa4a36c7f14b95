/** `87.2%`; rounded down, so that 100.0% means that nothing is left. `–` where there is nothing to count. */
export const percentWords = (pct: number | null): string =>
  pct === null ? '–' : `${(Math.floor(pct * 10 + 1e-9) / 10).toFixed(1)}%`;

/** `+0.4`, `−1.2`, `±0.0`: points between two percentages; null when either is not known. */
export function pointsWords(before: number | null, after: number | null): string | null {
  if (before === null || after === null) return null;
  const points = Math.round((after - before) * 10) / 10;
  if (points === 0) return '±0.0';
  return `${points > 0 ? '+' : '−'}${Math.abs(points).toFixed(1)}`;
}
