import { createHash } from 'node:crypto';
import path from 'node:path';
import { stageIdOf, type RunId, type StageId } from '#shared/lib/ids.ts';

/** Where one attempt's log lies. */
export interface LogPaths {
  readonly log: string;
  readonly index: string;
}

const LONGEST_NAME = 200;
/** Names that Windows keeps for devices, whatever follows the first dot. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

const escapeByte = (byte: number): string => `%${byte.toString(16).padStart(2, '0')}`;
const escapeText = (text: string): string => Array.from(Buffer.from(text), escapeByte).join('');

/**
 * Encodes a stage's id as one file name that is safe on every platform. Upper case is encoded too, because
 * `Build` and `build` would be one folder on Windows and macOS. A name that would be longer than file systems
 * allow ends in `~` and a hash instead; only such a name cannot be decoded.
 */
export function encodeStageId(stageId: StageId): string {
  let name = stageId.replace(/[^a-z0-9_.=,-]+/gu, escapeText);
  if (/^\./.test(name) || DEVICE_NAME.test(name)) name = escapeText(name.slice(0, 1)) + name.slice(1);
  if (name.endsWith('.')) name = name.slice(0, -1) + escapeText('.');
  if (name.length <= LONGEST_NAME) return name;
  return `${name.slice(0, LONGEST_NAME - 40)}~${createHash('sha256').update(stageId).digest('hex').slice(0, 32)}`;
}

/** @returns the id that `encodeStageId` made this name of, or null when it made it of none (or shortened it) */
export function decodeStageId(name: string): StageId | null {
  if (!/^(?:[a-z0-9_.=,-]|%[0-9a-f]{2})+$/.test(name)) return null;
  const bytes = name.replace(/%([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const stageId = stageIdOf(Buffer.from(bytes, 'latin1').toString('utf8'));
  return encodeStageId(stageId) === name ? stageId : null;
}

/** The folder that holds a run's logs, one folder per stage. */
export const runLogFolder = (dataDir: string, runId: RunId): string =>
  path.join(dataDir, 'runs', runId, 'logs');

/** The two files of an attempt: its bytes and their index. */
export function logPathsOf(dataDir: string, runId: RunId, stageId: StageId, attempt: number): LogPaths {
  const base = path.join(runLogFolder(dataDir, runId), encodeStageId(stageId), String(attempt));
  return { log: `${base}.log`, index: `${base}.idx` };
}
