/**
 * Reads a time in seconds as test tools write it: `0.012`, `1,234.5`, `0,012`, `1e-05`.
 * A lone comma is a decimal comma: tools that group thousands by commas write decimals as well.
 * @returns milliseconds, or null when it is no time
 */
export function parseSeconds(text: string | null): number | null {
  const source = text?.trim() ?? '';
  if (source === '') return null;
  const comma = source.lastIndexOf(',');
  const point = source.lastIndexOf('.');
  const decimalComma = comma > point && (point !== -1 || source.indexOf(',') === comma);
  const normal = decimalComma ? source.replaceAll('.', '').replace(',', '.') : source.replaceAll(',', '');
  if (!/^\d*\.?\d+(e[+-]?\d+)?$|^\d+\.$/i.test(normal)) return null;
  const ms = Number(normal) * 1_000;
  return Number.isFinite(ms) ? Math.round(ms * 1_000) / 1_000 : null;
}
