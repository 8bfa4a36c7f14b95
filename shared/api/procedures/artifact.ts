import { z } from 'zod';
import { artifactSchema, runIdSchema } from '../schemas.ts';
import { base } from './base.ts';

export const artifactProcedures = {
  list: base
    .route({ method: 'GET', path: '/runs/{runId}/artifacts', tags: ['artifacts'] })
    .input(z.object({ runId: runIdSchema }))
    .output(z.array(artifactSchema)),
  /** A file's bytes, checked against its hash before they are sent. */
  read: base
    .route({ method: 'GET', path: '/runs/{runId}/artifacts/file', tags: ['artifacts'] })
    .input(
      z.object({
        runId: runIdSchema,
        name: z.string(),
        path: z.string(),
        /** Longer files are cut; `sizeBytes` tells. */
        maxBytes: z.number().int().min(1).max(268_435_456).default(268_435_456),
      }),
    )
    .output(z.object({ bytes: z.instanceof(Blob), sizeBytes: z.number().int() })),
  /** Writes an artifact's files into a folder of the data folder and answers with its path, for "reveal in folder". */
  extract: base
    .route({ method: 'POST', path: '/runs/{runId}/artifacts/extract', tags: ['artifacts'] })
    .input(z.object({ runId: runIdSchema, name: z.string() }))
    .output(z.object({ dir: z.string() })),
};
