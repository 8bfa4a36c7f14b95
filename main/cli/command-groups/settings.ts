import { Argument, type Command } from 'commander';
import { STORED_SECTIONS, type SettingsSection } from '#shared/api/setting-schemas.ts';
import type { Does } from './does.ts';

export function addSettings(program: Command, does: Does): void {
  const settings = program.command('settings').description('show and change the settings of the data folder');
  const section = (required: boolean): Argument =>
    new Argument(required ? '<section>' : '[section]').choices(STORED_SECTIONS);
  settings
    .command('show', { isDefault: true })
    .description('what is in effect, as JSON')
    .addArgument(section(false))
    .action((name: SettingsSection | undefined, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/settings.ts')).showSettingsCommand(context, name),
      ),
    );
  settings
    .command('set')
    .description('store a section from the JSON on standard input; what it leaves out has its default')
    .addArgument(section(true))
    .action((name: SettingsSection, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/settings.ts')).setSettingsCommand(context, name),
      ),
    );
}
