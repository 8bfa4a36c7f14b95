import type { ShellState } from './shell-connection.ts';

/** How a shell ended, in one sentence. */
export function endWords({ exitCode, signal }: Extract<ShellState, { type: 'ended' }>): string {
  if (signal !== null) return `The shell was ended by signal ${signal}.`;
  return exitCode === null || exitCode === 0
    ? 'The shell has ended.'
    : `The shell has ended with exit code ${exitCode}.`;
}
