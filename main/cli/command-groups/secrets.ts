import type { Command } from 'commander';
import type { ScopeOptions } from '../commands/secrets.ts';
import type { Does } from './does.ts';

export function addSecrets(program: Command, does: Does): void {
  const secrets = program.command('secrets').description('set, list and remove secrets');
  const scoped = (name: string, description: string): Command =>
    secrets
      .command(name)
      .description(description)
      .argument('<name>')
      .option('--project-scope', 'of this project (the default)')
      .option('--global', 'of every project')
      .option('--environment <name>', 'of one environment of this project');
  scoped('set', 'store the value on standard input')
    // Commander would repeat the words that are too many, and they are likely the value.
    .allowExcessArguments()
    .action((name: string, options: ScopeOptions, command: Command) =>
      does(command, async (context) => {
        const commands = await import('../commands/secrets.ts');
        if (command.args.length > 1) throw commands.valueOnCommandLine();
        return commands.setSecretCommand(context, name, options);
      }),
    );
  secrets
    .command('list', { isDefault: true })
    .description('names and scopes, never values')
    .action((_options: unknown, command: Command) =>
      does(command, async (context) => (await import('../commands/secrets.ts')).listSecretsCommand(context)),
    );
  scoped('rm', 'remove one').action((name: string, options: ScopeOptions, command: Command) =>
    does(command, async (context) =>
      (await import('../commands/secrets.ts')).removeSecretCommand(context, name, options),
    ),
  );
}
