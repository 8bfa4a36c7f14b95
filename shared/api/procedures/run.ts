import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  projectIdSchema,
  runIdSchema,
  runStatusSchema,
  runSummarySchema,
  waitingApprovalSchema,
  stageNameSchema,
} from '../schemas.ts';
import type { RunEvent } from '../../run/events.ts';
import { base } from './base.ts';

/** Stages that wait before their first step, until `continue`; those that the run does not have count for nothing. */
const breakpointsSchema = z.array(stageNameSchema).max(1_000).default([]);

export const runProcedures = {
  /**
   * Starts a run and answers as soon as it is stored; `pipeline-invalid` when the file or the inputs have errors,
   * `not-trusted` when nobody has accepted the file as it is: see `trust`.
   */
  start: base
    .route({ method: 'POST', path: '/runs', tags: ['runs'] })
    .input(
      z.object({
        projectId: projectIdSchema,
        file: z.string(),
        inputs: z.record(z.string(), z.string()).default({}),
        stages: z.array(stageNameSchema).optional(),
        maxParallel: z.number().int().min(1).max(1024).optional(),
        /** An attempt that fails waits until it is told to go on: `continue`. */
        pauseOnFailure: z.boolean().default(false),
        breakpoints: breakpointsSchema,
        /** False: stages with `skip-if-unchanged` run whatever is known of earlier runs. */
        reuse: z.boolean().default(true),
      }),
    )
    .output(runSummarySchema),
  /** Newest first unless `sort` says otherwise. */
  list: base
    .route({ method: 'GET', path: '/runs', tags: ['runs'] })
    .input(
      z.object({
        projectId: projectIdSchema.optional(),
        pipelineFile: z.string().optional(),
        statuses: z.array(runStatusSchema).optional(),
        /** Part of the pipeline's name, the branch, the commit, its message or `#number`. */
        text: z.string().optional(),
        sort: z.enum(['newest', 'oldest', 'longest', 'shortest']).default('newest'),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ runs: z.array(runSummarySchema), total: z.number().int() })),
  get: base
    .route({ method: 'GET', path: '/runs/{runId}', tags: ['runs'] })
    .input(z.object({ runId: runIdSchema }))
    .output(runSummarySchema),
  /**
   * The events after `afterSeq` in order, without gap or repeat, in batches; ends after `run-finished`.
   * To resume, pass the last `seq` that was folded.
   */
  events: base
    .route({ method: 'GET', path: '/runs/{runId}/events', tags: ['runs'] })
    .input(z.object({ runId: runIdSchema, afterSeq: z.number().int().min(0).default(0) }))
    .output(eventIterator(z.object({ events: z.array(z.custom<RunEvent>()) }))),
  /** A value whenever any run began, ended or moved on; at most a few a second. Also runs of other hosts on this data folder. */
  changes: base
    .route({ method: 'GET', path: '/runs/changes', tags: ['runs'] })
    .output(eventIterator(z.object({ runs: z.array(runSummarySchema) }))),
  /** Asks for the end of a run or of one stage; answers once the request is stored. Idempotent. */
  cancel: base
    .route({ method: 'POST', path: '/runs/{runId}/cancel', tags: ['runs'] })
    .input(z.object({ runId: runIdSchema, stage: stageNameSchema.optional() }))
    .output(z.object({ accepted: z.boolean() })),
  /**
   * Decides a stage that waits for approval, whichever host runs it, in the name of whoever started the answering host
   * (Git identity, else the user of the OS). `accepted` is false when the stage does not wait.
   */
  decide: base
    .route({ method: 'POST', path: '/runs/{runId}/approval', tags: ['runs'] })
    .input(
      z.object({
        runId: runIdSchema,
        stage: stageNameSchema,
        decision: z.enum(['approved', 'rejected']),
        comment: z.string().max(2_000).optional(),
      }),
    )
    .output(z.object({ accepted: z.boolean() })),
  /** Lets a paused attempt go on, whichever host runs it. `accepted` is false when the stage is not paused. */
  continue: base
    .route({ method: 'POST', path: '/runs/{runId}/continue', tags: ['runs'] })
    .input(z.object({ runId: runIdSchema, stage: stageNameSchema }))
    .output(z.object({ accepted: z.boolean() })),
  /** Stages of running runs that wait for approval, oldest first. */
  waiting: base
    .route({ method: 'GET', path: '/runs/waiting', tags: ['runs'] })
    .output(z.array(waitingApprovalSchema)),
  /** Goes on with an interrupted run; what finished stays finished. */
  resume: base
    .route({ method: 'POST', path: '/runs/{runId}/resume', tags: ['runs'] })
    .input(z.object({ runId: runIdSchema }))
    .output(runSummarySchema),
  /**
   * A new run of the same plan, with the workspace of the earlier one, in which what had succeeded is reused:
   * `failed` runs again what did not succeed, `stage` that stage and all that needs it.
   */
  rerun: base
    .route({ method: 'POST', path: '/runs/{runId}/rerun', tags: ['runs'] })
    .input(
      z.object({
        runId: runIdSchema,
        from: z.enum(['failed', 'stage']),
        stage: stageNameSchema.optional(),
        breakpoints: breakpointsSchema,
      }),
    )
    .output(runSummarySchema),
  /** Keeps a run whatever the limits of retention say, or lets them have it again. Idempotent. */
  pin: base
    .route({ method: 'PUT', path: '/runs/{runId}/pin', tags: ['runs'] })
    .input(z.object({ runId: runIdSchema, pinned: z.boolean() }))
    .output(runSummarySchema),
  /** Removes a finished run with its logs; refused for one that runs. */
  remove: base
    .route({ method: 'DELETE', path: '/runs/{runId}', tags: ['runs'] })
    .input(z.object({ runId: runIdSchema }))
    .output(z.object({ removed: z.boolean() })),
};
