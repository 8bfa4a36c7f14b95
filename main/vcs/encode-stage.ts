import { createHash } from 'node:crypto';

const MAX_LENGTH = 48;
/** Names that Windows keeps for devices, whatever follows a dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;

/**
 * A stage's id as a name for one file, on every file system: short, without letters that only differ in case from another
 * stage's. A plain id stays as it is; any other gets a part of its hash.
 */
export function encodeStage(stage: string): string {
  const plain = stage.toLowerCase().replace(/[^a-z0-9_-]+/g, '-');
  if (plain === stage && plain.length <= MAX_LENGTH && !DEVICE.test(plain)) return plain;
  const digest = createHash('sha256').update(stage).digest('hex').slice(0, 12);
  return `${plain.slice(0, MAX_LENGTH - 13)}.${digest}`;
}
