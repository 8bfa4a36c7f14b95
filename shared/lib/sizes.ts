const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Writes a number of bytes for people, in decimal units: `312 B`, `12.4 MB`. */
export function formatSize(sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]!}`;
}
