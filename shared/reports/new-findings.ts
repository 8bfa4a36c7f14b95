import type { Finding } from './findings.ts';

/**
 * Those that a baseline does not have, by fingerprint and number: where the baseline has two of a kind in a file, the
 * third is new.
 */
export function newFindings(findings: readonly Finding[], baseline: readonly Finding[]): readonly Finding[] {
  const known = new Map<string, number>();
  for (const { fingerprint } of baseline) known.set(fingerprint, (known.get(fingerprint) ?? 0) + 1);
  return findings.filter(({ fingerprint }) => {
    const left = known.get(fingerprint) ?? 0;
    if (left === 0) return true;
    known.set(fingerprint, left - 1);
    return false;
  });
}
