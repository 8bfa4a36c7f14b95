import type { Command } from 'commander';
import { positive } from '../option-values.ts';
import type { Does } from './does.ts';

export function addRuns(program: Command, does: Does): void {
  const runs = program.command('runs').description('list, show, cancel and remove runs');
  runs
    .command('list', { isDefault: true })
    .description('newest first')
    .option('--limit <n>', 'how many at most', positive, 100)
    .action((options: { limit: number }, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/runs.ts')).listRunsCommand(context, options),
      ),
    );
  const each = {
    show: 'one run with its stages',
    cancel: 'end a run that is running',
    rm: 'remove a finished run with its logs',
  } as const;
  for (const [name, description] of Object.entries(each)) {
    runs
      .command(name)
      .description(description)
      .argument('<run>', 'its id or the start of it, `#12`, or `latest`')
      .action((run: string, _options: unknown, command: Command) =>
        does(command, async (context) => {
          const commands = await import('../commands/runs.ts');
          if (name === 'show') return commands.showRunCommand(context, run);
          return name === 'cancel'
            ? commands.cancelRunCommand(context, run)
            : commands.removeRunCommand(context, run);
        }),
      );
  }
  for (const name of ['pin', 'unpin'] as const) {
    runs
      .command(name)
      .description(name === 'pin' ? 'keep a run whatever `gc` is told' : 'let `gc` remove a run again')
      .argument('<run>', 'its id or the start of it, `#12`, or `latest`')
      .action((run: string, _options: unknown, command: Command) =>
        does(command, async (context) =>
          (await import('../commands/pin.ts')).pinRunCommand(context, run, name === 'pin'),
        ),
      );
  }
  runs
    .command('resume')
    .description('go on with a run whose host died; what finished stays finished')
    .argument('<run>')
    .action((run: string, _options: unknown, command: Command) =>
      does(command, async (context) => (await import('../commands/runs.ts')).resumeRunCommand(context, run)),
    );
  runs
    .command('rerun')
    .description('run again what did not succeed, and reuse the rest')
    .argument('<run>')
    .option('--stage <id>', 'run this stage again, and all that needs it')
    .action((run: string, options: { stage?: string }, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/runs.ts')).rerunCommand(context, run, options),
      ),
    );
}
