import type { CaseKey } from '#shared/api/report-schemas.ts';

/**
 * A number of 53 bits for what tells a case from the others of its pipeline, the same on every machine. Two of 100,000 cases
 * share one once in two million pipelines; a cryptographic hash would take longer than storing them does.
 */
export function caseHash({ stage, suite, classname, name }: CaseKey): number {
  return hash53(`${stage}\u0000${suite}\u0000${classname ?? '\u0001'}\u0000${name}`);
}

/** Two multiplicative hashes of 32 bits whose bits are mixed at the end as in MurmurHash 3. */
function hash53(text: string): number {
  let [low, high] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x9e3779b1);
    high = Math.imul(high ^ unit, 0x5f356495);
  }
  [low, high] = [mixed(low, high), mixed(high, low)];
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}

function mixed(one: number, other: number): number {
  return Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
}
