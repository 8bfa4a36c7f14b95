import type { Command } from 'commander';
import type { AddPluginOptions } from '../commands/plugins.ts';
import { collect } from '../option-values.ts';
import type { Does } from './does.ts';

export function addPlugins(program: Command, does: Does): void {
  const plugins = program.command('plugins').description("list, add, remove and check a project's plugins");
  plugins
    .command('list', { isDefault: true })
    .description('names, where they come from, how they run and what they may')
    .action((_options: unknown, command: Command) =>
      does(command, async (context) => (await import('../commands/plugins.ts')).listPluginsCommand(context)),
    );
  plugins
    .command('add')
    .description('fetch a plugin, show what it may do, and lock it; also changes one that is there')
    .argument('<name>', 'stages use it as plugin:<name>')
    .argument('<source>', './folder, git+URL#tag, npm:package@version or docker://image:tag')
    .option('--path <folder>', 'where the plugin is in its repository')
    .option('--network', 'its container may reach the network')
    .option('--secret <input>', 'an input that may hold a secret; may be repeated', collect, [])
    .option('--yes', 'does not ask')
    .action((name: string, source: string, options: AddPluginOptions, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/plugins.ts')).addPluginCommand(context, name, source, options),
      ),
    );
  plugins
    .command('rm')
    .description('take a plugin out of the project')
    .argument('<name>')
    .action((name: string, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/plugins.ts')).removePluginCommand(context, name),
      ),
    );
  plugins
    .command('verify')
    .description('look whether plugins can be had and are what was locked')
    .argument('[name]')
    .action((name: string | undefined, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/plugins.ts')).verifyPluginsCommand(context, name),
      ),
    );
}
