import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  collectionSchema,
  collectProgressSchema,
  retentionLimitsSchema,
  storageUsageSchema,
} from '../storage-schemas.ts';
import { base } from './base.ts';

/** In place of those of the setting `retention`; what is left out is as the setting has it. */
const limitsInput = z.object({ limits: retentionLimitsSchema.partial().default({}) });

export const storageProcedures = {
  /** What the data folder takes. Measures runs that were not measured yet, which may take seconds; can be cancelled. */
  usage: base.route({ method: 'GET', path: '/storage', tags: ['storage'] }).output(storageUsageSchema),
  /** What a collection with these limits would remove now. */
  preview: base
    .route({ method: 'POST', path: '/storage/preview', tags: ['storage'] })
    .input(limitsInput)
    .output(collectionSchema),
  /**
   * Removes it, telling how far it is; the last value is what was removed. Whoever stops reading ends it after the run that
   * is being removed; what is gone stays gone. `busy` while another collection is going on.
   */
  collect: base
    .route({ method: 'POST', path: '/storage/collect', tags: ['storage'] })
    .input(limitsInput)
    .output(
      eventIterator(
        z.discriminatedUnion('type', [
          collectProgressSchema,
          z.object({ type: z.literal('finished'), collection: collectionSchema }),
        ]),
      ),
    ),
};
