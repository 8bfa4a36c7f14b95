import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { MAX_FILE_BYTES } from '../../pipeline/limits.ts';
import { MAX_CHANGED } from '../../run/events.ts';
import { pipelineViewSchema, projectIdSchema, stageNameSchema } from '../schemas.ts';
import { SIMULATED_EVENTS, simulationSchema } from '../simulation-schemas.ts';
import { base } from './base.ts';

const refNameSchema = z.string().min(1).max(400);

export const pipelineProcedures = {
  get: base
    .route({ method: 'GET', path: '/projects/{projectId}/pipeline', tags: ['pipelines'] })
    .input(z.object({ projectId: projectIdSchema, file: z.string() }))
    .output(pipelineViewSchema),
  /** A value whenever the file's content changed on disk. */
  watch: base
    .route({ method: 'GET', path: '/projects/{projectId}/pipeline/changes', tags: ['pipelines'] })
    .input(z.object({ projectId: projectIdSchema, file: z.string() }))
    .output(eventIterator(pipelineViewSchema)),
  /**
   * What a run would do, and why, in an assumed situation; starts, stores and changes nothing, and needs no trust.
   * `pipeline-invalid` when the file or the inputs have errors, with them in its details.
   */
  simulate: base
    .route({ method: 'POST', path: '/projects/{projectId}/pipeline/simulate', tags: ['pipelines'] })
    .input(
      z.object({
        projectId: projectIdSchema,
        file: z.string(),
        /** What the file is to say, when that is not saved yet. */
        text: z.string().max(MAX_FILE_BYTES).optional(),
        event: z.enum(SIMULATED_EVENTS).default('manual'),
        /** Default: the project's own. */
        branch: refNameSchema.optional(),
        /** Instead of a branch. */
        tag: refNameSchema.optional(),
        /** Paths relative to the repository; left out, no filter of paths stands in the way. */
        changed: z.array(z.string()).max(MAX_CHANGED).optional(),
        inputs: z.record(z.string(), z.string()).default({}),
        stages: z.array(stageNameSchema).optional(),
        maxParallel: z.number().int().min(1).max(1024).optional(),
      }),
    )
    .output(simulationSchema),
};
