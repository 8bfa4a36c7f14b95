import { z } from 'zod';
import { MAX_FILE_BYTES } from '../../pipeline/limits.ts';
import { projectIdSchema } from '../schemas.ts';
import { draftSchema } from '../source-schemas.ts';
import { base } from './base.ts';

const whereSchema = z.object({ projectId: projectIdSchema, file: z.string() });
const textSchema = z.string().max(MAX_FILE_BYTES);

/** Text of pipeline files that is not saved yet. It is kept in the data folder and survives a crash. */
export const draftProcedures = {
  /** Null when everything of the file is saved. */
  get: base
    .route({ method: 'GET', path: '/projects/{projectId}/draft', tags: ['pipelines'] })
    .input(whereSchema)
    .output(z.object({ draft: draftSchema.nullable() })),
  set: base
    .route({ method: 'PUT', path: '/projects/{projectId}/draft', tags: ['pipelines'] })
    .input(whereSchema.extend({ draft: draftSchema.extend({ text: textSchema, baseText: textSchema }) }))
    .output(z.object({ kept: z.literal(true) })),
  remove: base
    .route({ method: 'DELETE', path: '/projects/{projectId}/draft', tags: ['pipelines'] })
    .input(whereSchema)
    .output(z.object({ removed: z.literal(true) })),
};
