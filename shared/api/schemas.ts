import { z } from 'zod';
import type { ProjectId, RunId } from '../lib/ids.ts';
import { issueSchema } from '../lib/issue.ts';
import type { GitInfo } from '../run/events.ts';
import { RUN_STATUSES } from '../run/status.ts';
import { SIMULATED_EVENTS } from './simulation-schemas.ts';

export const runIdSchema = z
  .string()
  .regex(/^[a-z0-9]{16}$/)
  .transform((text) => text as RunId);
export const projectIdSchema = z
  .string()
  .regex(/^[a-z0-9]{8,40}$/)
  .transform((text) => text as ProjectId);
export const stageNameSchema = z.string().min(1).max(400);
export const runStatusSchema = z.enum(RUN_STATUSES);

/** One line of the list of runs; enough to draw the list without reading any event. */
export const runSummarySchema = z.object({
  id: z.custom<RunId>(),
  number: z.number().int(),
  name: z.string(),
  projectId: z.custom<ProjectId>(),
  projectDir: z.string(),
  pipelineFile: z.string(),
  status: runStatusSchema,
  trigger: z.string(),
  git: z.custom<GitInfo | null>(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  durationMs: z.number().nullable(),
  stageCount: z.number().int(),
  /** Stages with a final status. */
  finishedStageCount: z.number().int(),
  failedStageCount: z.number().int(),
  /** Null when no stage reported tests. */
  tests: z.object({ total: z.number(), failed: z.number() }).nullable(),
  /** Kept whatever the limits of retention say. */
  pinned: z.boolean(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const waitingApprovalSchema = z.object({
  run: runSummarySchema,
  stage: z.string(),
  message: z.string(),
  /** Empty: anyone. */
  allowed: z.array(z.string()),
  requestedAt: z.string(),
  expiresAt: z.string().nullable(),
});
export type WaitingApproval = z.infer<typeof waitingApprovalSchema>;

export const projectSchema = z.object({
  id: z.custom<ProjectId>(),
  name: z.string(),
  dir: z.string(),
  addedAt: z.string(),
  openedAt: z.string(),
  /** False when the folder is gone. */
  exists: z.boolean(),
  isSample: z.boolean(),
  lastRun: runSummarySchema.nullable(),
});
export type Project = z.infer<typeof projectSchema>;

export const pipelineFileSchema = z.object({
  /** Relative to the project's folder, with forward slashes. */
  file: z.string(),
  name: z.string().nullable(),
  stageCount: z.number().int(),
  issues: z.array(issueSchema),
  lastRun: runSummarySchema.nullable(),
});
export type PipelineFile = z.infer<typeof pipelineFileSchema>;

export const pipelineInputSchema = z.object({
  name: z.string(),
  type: z.enum(['string', 'number', 'boolean', 'choice']),
  description: z.string().nullable(),
  default: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  options: z.array(z.string()),
  required: z.boolean(),
});
export type PipelineInput = z.infer<typeof pipelineInputSchema>;

/** A stage as the graph of a file shows it. */
export const pipelineStageSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  needs: z.array(z.string()),
  line: z.number().int(),
  /** What it runs, one line. */
  summary: z.string(),
  badges: z.array(
    z.enum([
      'container',
      'ssh',
      'services',
      'condition',
      'matrix',
      'retry',
      'approval',
      'cache',
      'secrets',
      'continue-on-error',
      'timeout',
      'artifacts',
      'reports',
      'steps',
    ]),
  ),
});
export type PipelineStage = z.infer<typeof pipelineStageSchema>;

export const pipelineViewSchema = z.object({
  file: z.string(),
  name: z.string().nullable(),
  text: z.string(),
  issues: z.array(issueSchema),
  inputs: z.array(pipelineInputSchema),
  stages: z.array(pipelineStageSchema),
  /** The events that may start it by themselves, whatever their filters. */
  triggers: z.array(z.enum(SIMULATED_EVENTS)),
  /** False when an issue of severity `error` stands in the way. */
  runnable: z.boolean(),
});
export type PipelineView = z.infer<typeof pipelineViewSchema>;

export const logLineSchema = z.object({
  /** 1-based. */
  number: z.number().int(),
  at: z.string(),
  stream: z.enum(['stdout', 'stderr', 'system']),
  text: z.string(),
  /** Bytes left out of a very long line; 0 for a whole one. */
  truncatedBytes: z.number().int(),
});
export type LogLine = z.infer<typeof logLineSchema>;

export const logInfoSchema = z.object({
  lineCount: z.number().int(),
  sizeBytes: z.number().int(),
  /** True when no more will come. */
  complete: z.boolean(),
});
export type LogInfo = z.infer<typeof logInfoSchema>;

export const logSearchSchema = z.object({
  /** `column` and `length` count UTF-16 code units of the line's text. */
  hits: z.array(z.object({ line: z.number().int(), column: z.number().int(), length: z.number().int() })),
  /** All hits, also those beyond the limit. */
  total: z.number().int(),
  truncated: z.boolean(),
});
export type LogSearch = z.infer<typeof logSearchSchema>;

export const artifactFileSchema = z.object({
  /** Relative, with forward slashes. */
  path: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
});
export type ArtifactFile = z.infer<typeof artifactFileSchema>;

export const artifactSchema = z.object({
  name: z.string(),
  stage: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  /** Empty for an expired one. */
  files: z.array(artifactFileSchema),
  /** When its own retention is over; null: it is kept as long as the run. */
  expiresAt: z.string().nullable(),
  /** Its retention was over, and its content was removed. */
  expired: z.boolean(),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** Where a secret is seen: everywhere, in one project, or in one environment of one project. */
export const secretScopeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('global') }),
  z.object({ type: z.literal('project'), projectId: projectIdSchema }),
  z.object({
    type: z.literal('environment'),
    projectId: projectIdSchema,
    environment: z.string().min(1).max(200),
  }),
]);

/** A secret without its value, which no procedure answers with. */
export const secretSchema = z.object({ name: z.string(), scope: secretScopeSchema, updatedAt: z.string() });
export type SecretInfo = z.infer<typeof secretSchema>;

export const folderEntrySchema = z.object({ name: z.string(), dir: z.string(), hasPipeline: z.boolean() });
