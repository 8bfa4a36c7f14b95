import { ORPCError } from '@orpc/client';
import type { ErrorCode } from '#shared/lib/app-error.ts';
import type { Issue } from '#shared/lib/issue.ts';
import { ConnectionLostError } from './connection.ts';

/** A failed call as a person reads it. `disconnected`: nothing is wrong with the call, the host was not there. */
export interface Failure {
  readonly code: ErrorCode | 'disconnected';
  /** One sentence. */
  readonly message: string;
  /** The way out, where one is known. */
  readonly hint: string | null;
  readonly issues: readonly Issue[];
}

interface AppErrorData {
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly issues: readonly Issue[];
}

/** What to show for anything that a call of the client threw. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ConnectionLostError) {
    return { code: 'disconnected', message: error.message, hint: null, issues: [] };
  }
  if (error instanceof ORPCError && error.code === 'APP_ERROR') {
    const data = error.data as AppErrorData;
    return { code: data.code, message: error.message, hint: data.hint, issues: data.issues };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, hint: null, issues: [] };
}
