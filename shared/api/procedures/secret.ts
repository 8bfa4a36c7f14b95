import { z } from 'zod';
import { projectIdSchema, secretSchema, secretScopeSchema } from '../schemas.ts';
import { base } from './base.ts';

const keyKeepingSchema = z.object({
  /** `variable`: `PIPEWRIGHT_KEY`. */
  place: z.enum(['variable', 'file', 'keychain']),
  obstacle: z.string().nullable(),
});
export type KeyKeeping = z.infer<typeof keyKeepingSchema>;

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
  /** Where the key of the secrets is kept, and why the keychain cannot be chosen or left here (one sentence; null: it can). */
  key: base.route({ method: 'GET', path: '/secrets-key', tags: ['secrets'] }).output(keyKeepingSchema),
  /** Moves the key; what breaks it off loses nothing. */
  keepKey: base
    .route({ method: 'PUT', path: '/secrets-key', tags: ['secrets'] })
    .input(z.object({ place: z.enum(['file', 'keychain']) }))
    .output(keyKeepingSchema),
  /** Idempotent. */
  remove: base
    .route({ method: 'DELETE', path: '/secrets/{name}', tags: ['secrets'] })
    .input(z.object({ name: z.string(), scope: secretScopeSchema }))
    .output(z.object({ removed: z.boolean() })),
};
