import { z } from 'zod';
import { projectIdSchema, secretSchema, secretScopeSchema } from '../schemas.ts';
import { base } from './base.ts';

export const secretProcedures = {
  /** The global secrets and, with a project, its own and those of its environments; by name. */
  list: base
    .route({ method: 'GET', path: '/secrets', tags: ['secrets'] })
    .input(z.object({ projectId: projectIdSchema.optional() }))
    .output(z.array(secretSchema)),
  /** Stores a value or replaces it; `secret-invalid` says what a name or a value must be. */
  set: base
    .route({ method: 'PUT', path: '/secrets/{name}', tags: ['secrets'] })
    .input(z.object({ name: z.string(), scope: secretScopeSchema, value: z.string() }))
    .output(secretSchema),
  /** Idempotent. */
  remove: base
    .route({ method: 'DELETE', path: '/secrets/{name}', tags: ['secrets'] })
    .input(z.object({ name: z.string(), scope: secretScopeSchema }))
    .output(z.object({ removed: z.boolean() })),
};
