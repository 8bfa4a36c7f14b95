import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import type { RunId } from '../../lib/ids.ts';
import { desktopNoticeSchema } from '../notice-schema.ts';
import { projectIdSchema } from '../schemas.ts';
import { smtpSchema, STATUS_CHANGES, testChannelSchema } from '../setting-schemas.ts';
import { base } from './base.ts';

/** One message to one place, with what became of it. */
export const deliverySchema = z.object({
  id: z.number().int(),
  runId: z.custom<RunId>(),
  /** Null when the run was removed. */
  run: z.object({ number: z.number().int(), name: z.string() }).nullable(),
  change: z.enum(STATUS_CHANGES),
  channel: z.enum(['desktop', 'email', 'webhook']),
  /** For people: addresses, the host of a webhook, or the name of the secret that is its address. */
  target: z.string(),
  state: z.enum(['waiting', 'sent', 'retrying', 'given-up']),
  /** Tries so far. */
  attempts: z.number().int(),
  /** When it was sent or given up. */
  at: z.string().nullable(),
  /** When it is tried next. */
  nextAt: z.string().nullable(),
  /** Why the last try failed. */
  reason: z.string().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

const tried = z.object({
  channel: testChannelSchema,
  change: z.enum(STATUS_CHANGES).default('failed'),
  /** Whose secrets are seen; null: the global ones. */
  projectId: projectIdSchema.nullable().default(null),
});

export const notificationProcedures = {
  /** Sends a message about a made-up run now, once; `reason` says in a sentence why it did not leave. */
  test: base
    .route({ method: 'POST', path: '/notifications/test', tags: ['notifications'] })
    .input(tried.extend({ smtp: smtpSchema.optional() }))
    .output(z.object({ sent: z.boolean(), reason: z.string().nullable() })),
  /** What such a message says, with secrets as `***`; sends nothing. */
  preview: base
    .route({ method: 'POST', path: '/notifications/preview', tags: ['notifications'] })
    .input(tried)
    .output(
      z.object({
        /** As it leaves: the subject and text of an e-mail, or JSON. */
        text: z.string().nullable(),
        /** Why there is none. */
        problem: z.string().nullable(),
      }),
    ),
  /**
   * What is to be told at this machine from now on, of runs of every host on this data folder; each once. For pages that
   * have no desktop shell around them.
   */
  desktop: base
    .route({ method: 'GET', path: '/notifications/desktop', tags: ['notifications'] })
    .output(eventIterator(desktopNoticeSchema)),
  /** The latest messages, newest first. */
  history: base
    .route({ method: 'GET', path: '/notifications', tags: ['notifications'] })
    .input(z.object({ limit: z.number().int().min(1).max(500).default(50) }))
    .output(z.array(deliverySchema)),
};
