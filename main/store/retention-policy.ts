import { z } from 'zod';
import type { Settings } from './settings.ts';

/** What is kept of finished runs; null is no limit. Sizes are in bytes. */
export const retentionPolicySchema = z.object({
  maxAgeDays: z.number().min(0).nullable().default(90),
  maxRunsPerPipeline: z.number().int().min(1).nullable().default(200),
  maxBytes: z.number().int().min(0).nullable().default(20_000_000_000),
});
export type RetentionPolicy = z.infer<typeof retentionPolicySchema>;

/** Settings are kept under these keys. */
export const RETENTION_KEY = 'retention';
export const CACHE_LIMIT_KEY = 'caches.maxBytes';

const DEFAULT_CACHE_BYTES = 5_000_000_000;

/** A policy that does not fit its shape counts as not set. */
export function readRetentionPolicy(settings: Settings): RetentionPolicy {
  const parsed = retentionPolicySchema.safeParse(settings.get(RETENTION_KEY) ?? {});
  return parsed.success ? parsed.data : retentionPolicySchema.parse({});
}

/** How many bytes all caches of a data folder may take. */
export function readCacheLimit(settings: Settings): number {
  const parsed = z.number().min(0).safeParse(settings.get(CACHE_LIMIT_KEY));
  return parsed.success ? parsed.data : DEFAULT_CACHE_BYTES;
}
