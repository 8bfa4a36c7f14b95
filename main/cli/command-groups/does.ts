import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';

/** A command's work, in a module that is loaded only when it is asked for. */
export type Work = (context: CliContext) => ExitCode | Promise<ExitCode>;

/** Does a command's work with the global options read. */
export type Does = (command: Command, work: Work) => Promise<void>;
