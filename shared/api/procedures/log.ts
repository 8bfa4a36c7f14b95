import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { logInfoSchema, type LogLine, logSearchSchema, runIdSchema, stageNameSchema } from '../schemas.ts';
import { base } from './base.ts';

const attemptRef = z.object({
  runId: runIdSchema,
  stage: stageNameSchema,
  attempt: z.number().int().min(1),
});

export const logProcedures = {
  info: base
    .route({ method: 'GET', path: '/runs/{runId}/log', tags: ['logs'] })
    .input(attemptRef)
    .output(logInfoSchema),
  page: base
    .route({ method: 'GET', path: '/runs/{runId}/log/lines', tags: ['logs'] })
    .input(
      attemptRef.extend({ fromLine: z.number().int().min(1), count: z.number().int().min(1).max(5_000) }),
    )
    .output(z.object({ lines: z.array(z.custom<LogLine>()), info: logInfoSchema })),
  /** A value when the log has grown, at most some ten a second; ends when it is complete. */
  follow: base
    .route({ method: 'GET', path: '/runs/{runId}/log/growth', tags: ['logs'] })
    .input(attemptRef)
    .output(eventIterator(logInfoSchema)),
  search: base
    .route({ method: 'GET', path: '/runs/{runId}/log/search', tags: ['logs'] })
    .input(
      attemptRef.extend({
        query: z.string().min(1).max(1_000),
        regex: z.boolean().default(false),
        caseSensitive: z.boolean().default(false),
        limit: z.number().int().min(1).max(50_000).default(10_000),
      }),
    )
    .output(logSearchSchema),
  /** Raw bytes for a download, piece by piece; an empty piece is the end. */
  bytes: base
    .route({ method: 'GET', path: '/runs/{runId}/log/bytes', tags: ['logs'] })
    .input(
      attemptRef.extend({
        fromByte: z.number().int().min(0),
        maxBytes: z.number().int().min(1).max(8_388_608),
      }),
    )
    .output(z.object({ bytes: z.instanceof(Blob) })),
};
