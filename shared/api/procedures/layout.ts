import { z } from 'zod';
import { stagePlacesSchema } from '../layout-schemas.ts';
import { projectIdSchema } from '../schemas.ts';
import { base } from './base.ts';

const whereSchema = z.object({ projectId: projectIdSchema, file: z.string() });

/** Where people have put the stages of a file on the canvas; kept in `.pipewright/layout`, never in the file. */
export const layoutProcedures = {
  get: base
    .route({ method: 'GET', path: '/projects/{projectId}/layout', tags: ['pipelines'] })
    .input(whereSchema)
    .output(stagePlacesSchema),
  /** Replaces all places; without any, the side file goes. */
  set: base
    .route({ method: 'PUT', path: '/projects/{projectId}/layout', tags: ['pipelines'] })
    .input(whereSchema.extend({ places: stagePlacesSchema }))
    .output(z.object({ kept: z.literal(true) })),
};
