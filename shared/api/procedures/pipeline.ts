import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { pipelineViewSchema, projectIdSchema } from '../schemas.ts';
import { base } from './base.ts';

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
};
