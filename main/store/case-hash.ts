import { hash } from 'node:crypto';
import type { CaseKey } from '#shared/api/report-schemas.ts';

/**
 * A number for what tells a case from the others of its pipeline: the same on every machine, 52 bits of SHA-256, so that two
 * of 100,000 cases share one once in a million pipelines.
 */
export function caseHash({ stage, suite, classname, name }: CaseKey): number {
  const digest = hash('sha256', JSON.stringify([stage, suite, classname, name]), 'buffer');
  return digest.readUIntBE(0, 6) * 16 + (digest.readUInt8(6) >> 4);
}
