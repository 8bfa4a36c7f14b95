import { ORPCError } from '@orpc/server';
import { AppError, type ErrorCode, toAppError } from '#shared/lib/app-error.ts';
import { type Issue, issueSchema } from '#shared/lib/issue.ts';
import { z } from 'zod';

interface WireData {
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly issues: readonly Issue[];
}

const LOG_ERRORS: Readonly<Record<string, ErrorCode>> = {
  'invalid-search': 'pattern-invalid',
  'search-too-slow': 'pattern-invalid',
  'write-failed': 'log-write-failed',
};

/** What of an error may leave this process: code, one sentence, the way out. No stack, and nothing of an unknown error. */
export function toWireError(error: unknown): Error {
  // oRPC's own: input that does not fit, a procedure that is not there.
  if (error instanceof ORPCError) return error;
  const known = knownError(error);
  const data: WireData = { code: known.code, hint: known.hint, issues: issuesOf(known) };
  return new ORPCError('APP_ERROR', { status: 422, message: known.message, data, cause: error });
}

function knownError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code =
    error instanceof Error && error.name === 'LogError' && 'code' in error ? String(error.code) : null;
  const known = code === null ? undefined : LOG_ERRORS[code];
  if (known !== undefined) return toAppError(error, known);
  const ofSystem = toAppError(error);
  if (ofSystem.kind !== 'bug') return ofSystem;
  // The caller learns nothing of it, so this is the one place where it can be found.
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return new AppError('internal', 'Something went wrong in Pipewright itself.', {
    hint: 'What it was stands in the output of the program that runs it; a report of the fault needs that.',
    cause: error,
  });
}

function issuesOf({ details }: AppError): readonly Issue[] {
  const issues = z.array(issueSchema).safeParse(details.issues);
  return issues.success ? issues.data : [];
}
