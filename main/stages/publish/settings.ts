import { z } from 'zod';
import { AppError, type ErrorCode } from '#shared/lib/app-error.ts';
import type { KindResult } from '#main/engine/kind-ports.ts';
import { failed } from '../tools/verdict.ts';

/** Of kinds that send something to a server. */
export const retrySettings = {
  retries: z
    .int()
    .min(0)
    .max(20)
    .default(3)
    .describe('How often more is tried what the server or the network failed at')
    .meta({ title: 'Retries' }),
};

/** Settings that all publishing kinds have. */
export const publishSettings = {
  ...retrySettings,
  'dry-run': z
    .boolean()
    .default(false)
    .describe('Only say what would be done; nothing is sent')
    .meta({ title: 'Dry run' }),
};

const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'version-exists',
  'not-allowed',
  'artifact-not-found',
  'usage',
]);

/** Does the work of a kind; what it refuses by its rules fails the stage, what it could not try stays an error. */
export async function orRefused(work: () => Promise<KindResult>): Promise<KindResult> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || !REFUSALS.has(error.code)) throw error;
    return { outcome: failed(error.hint === null ? error.message : `${error.message} ${error.hint}`) };
  }
}

/** An address that a setting gives. @throws AppError `usage` */
export function serverUrl(text: string, setting: string): URL {
  const url = URL.parse(text);
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === null || !isWeb || url.username !== '' || url.password !== '') {
    throw new AppError(
      'usage',
      `\`${setting}\`: ${JSON.stringify(text.replace(/\/\/[^/@]*@/, '//…@'))} is no address of a server.`,
      {
        hint: 'Write it as https://host/path, and give who signs in by settings of their own.',
      },
    );
  }
  return url;
}
