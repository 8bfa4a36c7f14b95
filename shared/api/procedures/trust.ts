import { z } from 'zod';
import { projectIdSchema } from '../schemas.ts';
import { trustGrantSchema, trustViewSchema } from '../trust-schemas.ts';
import { base } from './base.ts';

const keySchema = z.object({ projectId: projectIdSchema, file: z.string() });

/** Whether a pipeline file may run: `run.start` and triggers refuse one that is not trusted with `not-trusted`. */
export const trustProcedures = {
  /** What the file would execute, and whether it is trusted; `pipeline-invalid` for a file with errors. */
  get: base
    .route({ method: 'GET', path: '/trust/file', tags: ['trust'] })
    .input(keySchema)
    .output(trustViewSchema),
  /**
   * Trusts the file as it is. With `digest`, as `get` told it, only while its triggers and privileged options are those
   * that were shown; else `not-trusted`. Idempotent.
   */
  grant: base
    .route({ method: 'PUT', path: '/trust/file', tags: ['trust'] })
    .input(keySchema.extend({ digest: z.string().optional() }))
    .output(trustGrantSchema),
  /** Takes all trust in the file back; its next run asks again. What runs goes on. Idempotent. */
  revoke: base
    .route({ method: 'DELETE', path: '/trust/file', tags: ['trust'] })
    .input(keySchema)
    .output(z.object({ revoked: z.boolean() })),
  /** The files that are trusted, each as it was accepted last, newest first. */
  list: base
    .route({ method: 'GET', path: '/trust', tags: ['trust'] })
    .input(z.object({ projectId: projectIdSchema.optional() }))
    .output(z.array(trustGrantSchema)),
};
