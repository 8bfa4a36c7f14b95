import { type StorageSettings, storageSettingsSchema } from '#shared/api/setting-schemas.ts';
import { numberOf, readWith, type ReadDraft } from '../field-errors.ts';

const DAY_MS = 86_400_000;
const GB = 1_000_000_000;

/** What is kept as its fields show it: days, counts and gigabytes; empty is no limit. */
export interface RetentionDraft {
  readonly days: string;
  readonly runs: string;
  readonly gigabytes: string;
  readonly workspaceDays: string;
  readonly cacheGigabytes: string;
  readonly auto: boolean;
}

const textOf = (value: number | null, unit: number): string =>
  value === null ? '' : String(Math.round((value / unit) * 1_000) / 1_000);

export function retentionDraft({ retention, cacheMaxBytes }: StorageSettings): RetentionDraft {
  return {
    days: textOf(retention.maxAgeMs, DAY_MS),
    runs: textOf(retention.maxRuns, 1),
    gigabytes: textOf(retention.maxBytes, GB),
    workspaceDays: textOf(retention.maxWorkspaceAgeMs, DAY_MS),
    cacheGigabytes: textOf(cacheMaxBytes, GB),
    auto: retention.auto,
  };
}

const AMOUNT = 'A number, or nothing for no limit.';
const RUNS = 'A whole number from 1, or nothing for no limit.';
const CACHES = 'A number of gigabytes; 0 keeps no caches.';

export function readRetentionDraft(draft: RetentionDraft): ReadDraft<StorageSettings> {
  const of = (text: string, unit: number): number | null => {
    const number = numberOf(text);
    return number === null ? null : Math.round(number * unit);
  };
  const runs = numberOf(draft.runs);
  const read = readWith(storageSettingsSchema, {
    retention: {
      maxAgeMs: of(draft.days, DAY_MS),
      maxRuns: runs,
      maxBytes: of(draft.gigabytes, GB),
      maxWorkspaceAgeMs: of(draft.workspaceDays, DAY_MS),
      auto: draft.auto,
    },
    cacheMaxBytes: of(draft.cacheGigabytes, GB) ?? Number.NaN,
  });
  if (read.ok) return read;
  const words: Readonly<Record<string, string>> = { 'retention.maxRuns': RUNS, cacheMaxBytes: CACHES };
  const errors = Object.keys(read.errors).map((path) => [path, words[path] ?? AMOUNT] as const);
  return { ok: false, errors: Object.fromEntries(errors) };
}
