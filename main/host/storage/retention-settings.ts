import { z } from 'zod';
import type { Settings } from '#main/store/settings.ts';
import {
  type RetentionLimits,
  retentionLimitsSchema,
  type RetentionSettings,
  retentionSettingsSchema,
} from '#shared/api/storage-schemas.ts';

/** Settings are kept under these keys. */
export const RETENTION_KEY = 'retention';
export const CACHE_LIMIT_KEY = 'caches.maxBytes';

/** Bytes that all caches of a data folder may take. */
const cacheLimitSchema = z.number().int().min(0).default(5_000_000_000);

/** A setting that does not fit its shape counts as not set. */
export function readRetentionSettings(settings: Pick<Settings, 'get'>): RetentionSettings {
  const parsed = retentionSettingsSchema.safeParse(settings.get(RETENTION_KEY) ?? {});
  return parsed.success ? parsed.data : retentionSettingsSchema.parse({});
}

/** Of these settings what says what goes. */
export const readRetentionLimits = (settings: Pick<Settings, 'get'>): RetentionLimits =>
  retentionLimitsSchema.parse(readRetentionSettings(settings));

export function readCacheLimit(settings: Pick<Settings, 'get'>): number {
  const parsed = cacheLimitSchema.safeParse(settings.get(CACHE_LIMIT_KEY));
  return parsed.success ? parsed.data : cacheLimitSchema.parse(undefined);
}
