import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { runIdSchema, stageNameSchema } from '../schemas.ts';
import { base } from './base.ts';

const size = { columns: z.number().int().min(1).max(1_000), rows: z.number().int().min(1).max(1_000) };
const shellRef = z.object({ shellId: z.uuid() });

/** What a shell writes, and its end: an exit code, or the number of the signal that ended it. */
export type ShellOutput =
  /** `isReplay`: an earlier reader had it already, so that what a terminal answers to it is no input. */
  | { readonly type: 'data'; readonly text: string; readonly isReplay?: true }
  | { readonly type: 'ended'; readonly exitCode: number | null; readonly signal: number | null };

/** Shells where stages failed or are paused, each for the one window that opened it. */
export const shellProcedures = {
  /** The script of the step that failed, with its expressions evaluated and secrets as the names of their variables. */
  command: base
    .route({ method: 'GET', path: '/runs/{runId}/command', tags: ['shells'] })
    .input(
      z.object({ runId: runIdSchema, stage: stageNameSchema, attempt: z.number().int().min(1).optional() }),
    )
    .output(z.object({ command: z.string() })),
  /**
   * Opens one with the stage's environment; it ends with its window and with the host. `shell-unavailable` says why there
   * can be none: the stage runs, has not run, or its workspace is gone.
   */
  open: base
    .route({ method: 'POST', path: '/shells', tags: ['shells'] })
    .input(
      z.object({
        runId: runIdSchema,
        stage: stageNameSchema,
        /** Default: the last. */
        attempt: z.number().int().min(1).optional(),
        /** The values of the stage's secrets are in its environment, and whatever runs in it can show them. */
        withSecrets: z.boolean().default(false),
        ...size,
      }),
    )
    .output(shellRef),
  /**
   * All output in order, then `ended`, for one reader at a time. A shell that nobody reads ends after half a minute; who comes
   * back before that begins with what it had last.
   */
  output: base
    .route({ method: 'GET', path: '/shells/{shellId}/output', tags: ['shells'] })
    .input(shellRef)
    .output(eventIterator(z.custom<ShellOutput>())),
  /** So many characters of the output were shown. A shell waits when too many were not. */
  acknowledge: base
    .route({ method: 'POST', path: '/shells/{shellId}/acknowledged', tags: ['shells'] })
    .input(shellRef.extend({ characters: z.number().int().min(0) }))
    .output(z.object({})),
  /** What was typed. */
  write: base
    .route({ method: 'POST', path: '/shells/{shellId}/input', tags: ['shells'] })
    .input(shellRef.extend({ text: z.string().max(1_048_576) }))
    .output(z.object({})),
  resize: base
    .route({ method: 'PUT', path: '/shells/{shellId}/size', tags: ['shells'] })
    .input(shellRef.extend(size))
    .output(z.object({})),
  /** Ends it and what runs in it. Idempotent. */
  close: base
    .route({ method: 'DELETE', path: '/shells/{shellId}', tags: ['shells'] })
    .input(shellRef)
    .output(z.object({})),
};
