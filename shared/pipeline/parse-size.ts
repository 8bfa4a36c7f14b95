const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/**
 * Reads a size as a pipeline file writes it: `1Gi`, `512Mi`, `1.5GB`; a bare number is bytes.
 * @returns bytes, or null when the text is no size
 */
export function parseSize(text: string | number): number | null {
  if (typeof text === 'number') return Number.isFinite(text) && text >= 0 ? Math.round(text) : null;
  const match = /^(\d+(?:\.\d+)?)\s*([kKMGT]i?)?B?$/.exec(text.trim());
  if (match === null) return null;
  const factor = FACTORS[match[2] ?? ''];
  return factor === undefined ? null : Math.round(Number(match[1]) * factor);
}
