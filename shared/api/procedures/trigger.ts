import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { projectIdSchema, runSummarySchema } from '../schemas.ts';
import { triggerFiringSchema, triggerSchema, triggerTypeSchema } from '../trigger-schemas.ts';
import { base } from './base.ts';

const triggerRef = z.object({
  projectId: projectIdSchema,
  file: z.string(),
  type: triggerTypeSchema.optional(),
});

export const triggerProcedures = {
  /** What starts runs without a person, of every pipeline without errors, with what became of it last. */
  list: base
    .route({ method: 'GET', path: '/triggers', tags: ['triggers'] })
    .input(z.object({ projectId: projectIdSchema.optional() }))
    .output(z.array(triggerSchema)),
  /** Without `type` all triggers of the file. What a paused trigger misses never runs. */
  pause: base
    .route({ method: 'POST', path: '/triggers/pause', tags: ['triggers'] })
    .input(triggerRef)
    .output(z.object({ paused: z.boolean() })),
  resume: base
    .route({ method: 'POST', path: '/triggers/resume', tags: ['triggers'] })
    .input(triggerRef)
    .output(z.object({ paused: z.boolean() })),
  /** All triggers, at once and then whenever one has changed: a firing, its run, the next time, a fault, a pause. */
  changes: base
    .route({ method: 'GET', path: '/triggers/changes', tags: ['triggers'] })
    .output(eventIterator(z.object({ triggers: z.array(triggerSchema) }))),
  /**
   * The next times of a cron expression, the soonest first; fewer than `count`, or none, for one that ends. `problem` says
   * in one sentence why there are none when the expression or the time zone is wrong.
   */
  nextTimes: base
    .route({ method: 'GET', path: '/triggers/next-times', tags: ['triggers'] })
    .input(
      z.object({
        cron: z.string().max(200),
        /** That of the host's machine unless set. */
        timezone: z.string().max(100).optional(),
        count: z.coerce.number().int().min(1).max(20).default(3),
      }),
    )
    .output(z.object({ times: z.array(z.string()), problem: z.string().nullable() })),
  /**
   * Runs a pipeline now as one of its triggers would, on the project's folder as it is, also when the trigger is paused;
   * `usage` when the file has no such trigger, `not-trusted` and `pipeline-invalid` as `run.start`.
   */
  run: base
    .route({ method: 'POST', path: '/triggers/run', tags: ['triggers'] })
    .input(z.object({ projectId: projectIdSchema, file: z.string(), type: triggerTypeSchema }))
    .output(runSummarySchema),
  /** Newest first; a few hundred of each trigger are kept. */
  history: base
    .route({ method: 'GET', path: '/triggers/history', tags: ['triggers'] })
    .input(triggerRef.partial().extend({ limit: z.number().int().min(1).max(1_000).default(100) }))
    .output(z.array(triggerFiringSchema)),
};
