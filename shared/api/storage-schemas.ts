import { z } from 'zod';
import type { ProjectId, RunId } from '../lib/ids.ts';

const DAY_MS = 86_400_000;

/** What is kept of finished runs; null is no limit. Sizes are in bytes. A pipeline file's `retention` goes before age and runs. */
export const retentionLimitsSchema = z.object({
  /** Since the run was made. */
  maxAgeMs: z.number().min(0).nullable(),
  /** Of each pipeline. */
  maxRuns: z.number().int().min(1).nullable(),
  /** Of all runs together; the oldest go first. */
  maxBytes: z.number().int().min(0).nullable(),
  /** Since the run ended: its workspace goes, the rest of it stays. */
  maxWorkspaceAgeMs: z.number().min(0).nullable(),
});
export type RetentionLimits = z.infer<typeof retentionLimitsSchema>;

const { maxAgeMs, maxRuns, maxBytes, maxWorkspaceAgeMs } = retentionLimitsSchema.shape;

/** The setting `retention`. */
export const retentionSettingsSchema = z.object({
  maxAgeMs: maxAgeMs.default(90 * DAY_MS),
  maxRuns: maxRuns.default(200),
  maxBytes: maxBytes.default(20_000_000_000),
  maxWorkspaceAgeMs: maxWorkspaceAgeMs.default(7 * DAY_MS),
  /** Whether hosts that stay collect once a day while nothing runs. */
  auto: z.boolean().default(true),
});
export type RetentionSettings = z.infer<typeof retentionSettingsSchema>;

const amountSchema = z.object({ count: z.number().int(), sizeBytes: z.number() });

/** What a collection removed, or would remove. */
export const collectionSchema = z.object({
  /** True: nothing was removed. */
  dryRun: z.boolean(),
  /** Newest first. */
  runs: z.array(
    z.object({
      id: z.custom<RunId>(),
      number: z.number().int(),
      name: z.string(),
      projectDir: z.string(),
      createdAt: z.string(),
      reason: z.enum(['age', 'count', 'size']),
      /** Of its folder: logs, workspace; its artifacts are in `content`. */
      sizeBytes: z.number(),
    }),
  ),
  /** Workspaces of runs that stay, and folders of runs that are gone. */
  workspaces: amountSchema,
  /** Artifacts of runs that stay, whose own retention is over; what they free is in `content`. */
  artifacts: z.array(
    z.object({
      runId: z.custom<RunId>(),
      number: z.number().int(),
      stage: z.string(),
      name: z.string(),
      sizeBytes: z.number(),
    }),
  ),
  /** Caches beyond their limit, least recently used first; what they free is in `content`. */
  caches: amountSchema,
  /** Stored content that nothing refers to any more: of artifacts, of caches, what a crash left. */
  content: amountSchema,
  /** Of `runs`, `workspaces` and `content`. */
  sizeBytes: z.number(),
});
export type Collection = z.infer<typeof collectionSchema>;

/** How far a collection is. Steps come in this order; `total` is null where it is not known. */
export const collectProgressSchema = z.object({
  type: z.literal('progress'),
  step: z.enum(['measuring', 'runs', 'workspaces', 'content']),
  done: z.number().int(),
  total: z.number().int().nullable(),
  /** Freed so far. */
  sizeBytes: z.number(),
});
export type CollectProgress = z.infer<typeof collectProgressSchema>;

/** What the last collection came to. */
export const lastCollectionSchema = z.object({
  /** When it began. */
  at: z.string(),
  /** By a host, not by a person. */
  automatic: z.boolean(),
  /** False: it was stopped before it was through. */
  complete: z.boolean(),
  runs: z.number().int(),
  artifacts: z.number().int(),
  workspaces: z.number().int(),
  sizeBytes: z.number(),
});
export type LastCollection = z.infer<typeof lastCollectionSchema>;

/** What a data folder takes. All sizes in bytes; the parts make up `totalBytes`. */
export const storageUsageSchema = z.object({
  dataDir: z.string(),
  totalBytes: z.number(),
  parts: z.object({
    logs: z.number(),
    workspaces: z.number(),
    /** Stored content but that of caches. */
    artifacts: z.number(),
    caches: z.number(),
    database: z.number(),
    /** What else lies in the folders of runs. */
    other: z.number(),
  }),
  /** Null where the system does not tell. */
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  runs: z.object({ count: z.number().int(), pinned: z.number().int() }),
  /** Largest first. Artifacts that runs share count for each, so that the sum may be larger than the whole. */
  projects: z.array(
    z.object({
      projectId: z.custom<ProjectId>(),
      name: z.string(),
      dir: z.string(),
      runs: z.number().int(),
      pinned: z.number().int(),
      sizeBytes: z.number(),
    }),
  ),
  /** Null: there was none. */
  lastCollection: lastCollectionSchema.nullable(),
});
export type StorageUsage = z.infer<typeof storageUsageSchema>;
