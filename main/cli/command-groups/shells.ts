import type { Command } from 'commander';
import type { ShellOptions } from '../commands/shell.ts';
import { positive } from '../option-values.ts';
import type { Does } from './does.ts';

export function addShells(program: Command, does: Does): void {
  program
    .command('shell')
    .description('open a shell where a stage failed, with its files and variables')
    .argument('<run>', 'its id or the start of it, `#12`, or `latest`')
    .argument('<stage>', 'one that has ended, or is paused')
    .option('--attempt <n>', 'which attempt (default: the last)', positive)
    .option(
      '--print-command',
      'write the command of the step that failed instead, with secrets as their variables',
    )
    .option('--secrets', 'with the values of its secrets, which all that runs in the shell can read')
    .action((run: string, stage: string, options: ShellOptions, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/shell.ts')).shellCommand(context, run, stage, options),
      ),
    );
  program
    .command('continue')
    .description('let a stage go on that is paused after a failure or at a breakpoint')
    .argument('<run>', 'its id or the start of it, `#12`, or `latest`')
    .argument('<stage>')
    .action((run: string, stage: string, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/continue.ts')).continueCommand(context, run, stage),
      ),
    );
}
