import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERROR_KINDS, type ErrorCode } from '../../lib/app-error.ts';
import { issueSchema } from '../../lib/issue.ts';

/**
 * Every procedure may fail with `APP_ERROR`: `data.code` is one of `ERROR_KINDS`, the message is one sentence for people.
 * `issues` comes with `pipeline-invalid`.
 */
export const base = oc.errors({
  APP_ERROR: {
    status: 422,
    data: z.object({
      code: z.enum(Object.keys(ERROR_KINDS) as [ErrorCode, ...ErrorCode[]]),
      hint: z.string().nullable(),
      issues: z.array(issueSchema),
    }),
  },
});
