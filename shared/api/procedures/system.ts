import { z } from 'zod';
import { base } from './base.ts';

export const systemProcedures = {
  /** Who answers: for the title, the settings screen and "reveal in folder". */
  info: base.route({ method: 'GET', path: '/system', tags: ['system'] }).output(
    z.object({
      version: z.string(),
      platform: z.string(),
      dataDir: z.string(),
      mode: z.enum(['desktop', 'browser']),
      maxParallel: z.number().int(),
      /** Why the last traces did not arrive; null while all is well or none are sent. */
      tracesFault: z.string().nullable(),
    }),
  ),
  /** What is installed and what is missing, as `pipewright doctor` says it. */
  doctor: base.route({ method: 'GET', path: '/system/doctor', tags: ['system'] }).output(
    z.array(
      z.object({
        name: z.string(),
        /** The heading under which it stands. */
        group: z.string(),
        status: z.enum(['ok', 'partial', 'missing', 'outdated']),
        version: z.string().nullable(),
        neededFor: z.string(),
        detail: z.string().nullable(),
        hint: z.string().nullable(),
      }),
    ),
  ),
};
