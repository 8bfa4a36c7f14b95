import type { Command } from 'commander';
import type { GlobalOptions } from '../context.ts';
import type { Does } from './does.ts';

const TRUST = ['--trust', 'trust what it runs from now on, without being asked'] as const;

interface TriggerOptions {
  readonly type?: string;
  readonly trust?: boolean;
}

export function addTriggers(program: Command, does: Does): void {
  const triggers = program.command('triggers').description('list, pause, resume and run what starts runs');
  triggers
    .command('list', { isDefault: true })
    .description('what starts runs without a person, with its next and last time')
    .action((_options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/triggers.ts')).listTriggersCommand(context),
      ),
    );
  const each = {
    pause: 'let triggers rest; what they miss never runs',
    resume: 'let them go on',
    run: 'run a pipeline now, as its trigger would',
  } as const;
  for (const [name, description] of Object.entries(each)) {
    const command = triggers
      .command(name)
      .description(description)
      .argument('[file]', 'the pipeline file (default: all of the project)')
      .option(
        '--type <type>',
        'only this trigger: schedule, watch, push, poll, webhook, pre-commit, pre-push',
      );
    if (name === 'run') command.option(...TRUST);
    command.action((file: string | undefined, { type, trust }: TriggerOptions, run: Command) =>
      does(run, async (context) => {
        const commands = await import('../commands/triggers.ts');
        return name === 'run'
          ? commands.runTriggerCommand(context, { file, type }, trust ?? false)
          : commands.pauseTriggersCommand(context, { file, type }, name === 'pause');
      }),
    );
  }

  const hooks = program
    .command('hooks')
    .description("install and remove Git hooks that run the project's pipelines");
  const actions = {
    status: 'which hooks are installed',
    install: 'put them after what is there, which still runs',
    remove: 'take them out again',
  } as const;
  for (const action of Object.keys(actions) as (keyof typeof actions)[]) {
    const command = hooks.command(action, { isDefault: action === 'status' }).description(actions[action]);
    if (action === 'install') command.option(...TRUST);
    command.action(({ trust = false }: { trust?: boolean }, run: Command) =>
      does(run, async (context) => {
        const { data } = run.optsWithGlobals<GlobalOptions>();
        return (await import('../commands/hooks.ts')).hooksCommand(context, action, { data, trust });
      }),
    );
  }
  program
    .command('hook', { hidden: true })
    .command('run')
    .argument('<name>')
    .argument('[words...]', 'what Git tells the hook')
    .action((name: string, words: readonly string[], _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/hook-run.ts')).runHookCommand(context, name, words),
      ),
    );
}
