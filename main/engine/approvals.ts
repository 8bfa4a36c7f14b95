import { AppError } from '#shared/lib/app-error.ts';
import type { ApprovalState } from '#shared/run/run-state.ts';

/** @throws AppError `not-allowed` naming who may decide */
export function checkAllowed({ allowed }: ApprovalState, by: string): void {
  if (allowed.length === 0 || allowed.some((name) => name.toLowerCase() === by.toLowerCase())) return;
  throw new AppError('not-allowed', `${by} may not decide this.`, { hint: `Ask ${allowed.join(', ')}.` });
}
