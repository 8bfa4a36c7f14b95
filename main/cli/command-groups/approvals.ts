import type { Command } from 'commander';
import type { Decision } from '../commands/approve.ts';
import type { Does } from './does.ts';

export function addApprovals(program: Command, does: Does): void {
  const words = { approve: 'approved', reject: 'rejected' } as const;
  for (const name of ['approve', 'reject'] as const) {
    program
      .command(name)
      .description(`${name} a stage that waits for a person`)
      .argument('<run>', 'its id or the start of it, `#12`, or `latest`')
      .argument('<stage>')
      .option('--comment <text>', 'why, for those who look at the run later')
      .action((run: string, stage: string, { comment }: Pick<Decision, 'comment'>, command: Command) =>
        does(command, async (context) =>
          (await import('../commands/approve.ts')).decideCommand(context, run, stage, {
            decision: words[name],
            ...(comment === undefined ? {} : { comment }),
          }),
        ),
      );
  }
}
