import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { hostLabelSchema, hostNameSchema, hostTestEventSchema, sshHostSchema } from '../host-schemas.ts';
import { base } from './base.ts';

const hostRef = z.object({ name: hostNameSchema });

/** Hosts that stages run on by SSH. A host need not be registered to be used: that gives it labels and more than one slot. */
export const hostProcedures = {
  /** By name. */
  list: base.route({ method: 'GET', path: '/hosts', tags: ['hosts'] }).output(z.array(sshHostSchema)),
  /** Names of the user's SSH configuration that are not registered; none when it cannot be read. */
  suggestions: base
    .route({ method: 'GET', path: '/host-suggestions', tags: ['hosts'] })
    .output(z.array(z.string())),
  /** Registers a host, or changes its labels and slots. Stages that run there go on. Idempotent. */
  save: base
    .route({ method: 'PUT', path: '/hosts/{name}', tags: ['hosts'] })
    .input(
      hostRef.extend({
        labels: z.array(hostLabelSchema).max(50).default([]),
        slots: z.number().int().min(1).max(1_000).default(1),
      }),
    )
    .output(sshHostSchema),
  /** Idempotent; stages that run there go on. */
  remove: base
    .route({ method: 'DELETE', path: '/hosts/{name}', tags: ['hosts'] })
    .input(hostRef)
    .output(z.object({ removed: z.boolean() })),
  /**
   * Connects as a stage would, step by step; ends with the last step. Nothing is accepted and nothing is left on the host.
   * Ending the stream ends the test. What a registered host's test comes to is kept.
   */
  test: base
    .route({ method: 'GET', path: '/hosts/{name}/test', tags: ['hosts'] })
    .input(hostRef)
    .output(eventIterator(hostTestEventSchema)),
  /**
   * Adds the key that the host shows now to the user's known hosts, if it has this fingerprint and no other key is known.
   * @throws `host-key-changed` when another one is; `usage` when the host shows no such key
   */
  acceptKey: base
    .route({ method: 'POST', path: '/hosts/{name}/key', tags: ['hosts'] })
    .input(hostRef.extend({ fingerprint: z.string().max(200) }))
    .output(z.object({ file: z.string() })),
};
