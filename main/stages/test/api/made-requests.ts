import { z } from 'zod';
import type { MadeRequest } from './operations.ts';

const newmanSchema = z.looseObject({
  run: z.looseObject({
    executions: z.array(
      z.looseObject({
        request: z.looseObject({
          method: z.string(),
          url: z.looseObject({ path: z.array(z.string()).optional() }),
        }),
        /** Absent: nothing answered. */
        response: z.unknown().optional(),
      }),
    ),
  }),
});

/** The requests that were answered, of what newman's JSON reporter writes. @throws Error for another form */
export function madeRequests(text: string): readonly MadeRequest[] {
  const { executions } = newmanSchema.parse(JSON.parse(text)).run;
  return executions
    .filter(({ response }) => response !== undefined)
    .map(({ request: { method, url } }) => ({ method, path: `/${(url.path ?? []).join('/')}` }));
}
