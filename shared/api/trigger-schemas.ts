import { z } from 'zod';
import type { ProjectId, RunId } from '../lib/ids.ts';
import { runStatusSchema } from './schemas.ts';

export const TRIGGER_TYPES = [
  'schedule',
  'watch',
  'push',
  'poll',
  'pull-request',
  'webhook',
  'pre-commit',
  'pre-push',
] as const;
export const triggerTypeSchema = z.enum(TRIGGER_TYPES);
export type TriggerType = z.infer<typeof triggerTypeSchema>;

/** One trigger of one pipeline file. */
export interface TriggerKey {
  readonly projectId: ProjectId;
  readonly file: string;
  readonly type: TriggerType;
}

/** One time that a trigger fired, and what became of it. */
export const triggerFiringSchema = z.object({
  projectId: z.custom<ProjectId>(),
  file: z.string(),
  type: triggerTypeSchema,
  at: z.string(),
  /** One sentence: what happened. */
  reason: z.string(),
  /** Null when no run was started. */
  runId: z.custom<RunId>().nullable(),
  /** Why no run was started; null when one was. */
  skipped: z.string().nullable(),
  /** Times of a schedule that nobody saw go by and that became this firing; 0 when it came in time. */
  missed: z.number().int(),
  /** Null when there was none, or it was removed. */
  run: z.object({ number: z.number().int(), status: runStatusSchema }).nullable(),
});
export type TriggerFiring = z.infer<typeof triggerFiringSchema>;

/** A firing as it is noted. */
export type NewFiring = Omit<TriggerFiring, 'run' | 'missed'> & { readonly missed?: number };

export const triggerSchema = z.object({
  projectId: z.custom<ProjectId>(),
  projectDir: z.string(),
  file: z.string(),
  /** Of the pipeline. */
  name: z.string(),
  type: triggerTypeSchema,
  /** What the file says, for people: `0 3 * * 1-5 (Europe/Berlin)`. */
  summary: z.string(),
  paused: z.boolean(),
  /** Why it does not work at the moment. */
  fault: z.string().nullable(),
  /** Of a schedule or a remote that is asked, unless it is paused. */
  nextAt: z.string().nullable(),
  /** When its remote was last asked, whatever it said; null for one that asks none, or has not yet. */
  askedAt: z.string().nullable(),
  /** Of a webhook: where to post to. */
  url: z.string().nullable(),
  last: triggerFiringSchema.nullable(),
});
export type Trigger = z.infer<typeof triggerSchema>;
