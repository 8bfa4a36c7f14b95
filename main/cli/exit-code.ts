import { type AppError, toAppError } from '#shared/lib/app-error.ts';
import type { RunStatus } from '#shared/run/status.ts';

/** What the process ends with; scripts stand on it. */
export const EXIT = { succeeded: 0, failed: 1, usage: 2, cancelled: 3, fault: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export function exitCodeOfRun(status: RunStatus): ExitCode {
  switch (status) {
    case 'succeeded':
      return EXIT.succeeded;
    case 'failed':
      return EXIT.failed;
    case 'cancelled':
      return EXIT.cancelled;
    case 'interrupted':
    case 'queued':
    case 'running':
      return EXIT.fault;
  }
}

/** An error as one sentence and the way out; a bug also says how to see more. */
export function describeError(thrown: unknown, env: NodeJS.ProcessEnv): { text: string; exitCode: ExitCode } {
  const error = toAppError(thrown);
  const lines = [`pipewright: ${sentence(error)}`];
  if (error.kind === 'bug' && env.PIPEWRIGHT_DEBUG === undefined)
    lines.push('Set PIPEWRIGHT_DEBUG=1 to see where.');
  if (env.PIPEWRIGHT_DEBUG !== undefined) lines.push(stackOf(error));
  return { text: lines.join('\n'), exitCode: error.kind === 'user' ? EXIT.usage : EXIT.fault };
}

function sentence({ message, hint, kind }: AppError): string {
  const text = kind === 'bug' ? `something went wrong in Pipewright itself: ${message}` : message;
  return hint === null ? text : `${text} ${hint}`;
}

function stackOf(error: AppError): string {
  const origin = error.cause instanceof Error ? error.cause : error;
  return origin.stack ?? origin.message;
}
