import type { Command } from 'commander';
import type { AccessOptions, PruneOptions } from '../commands/repository-change.ts';
import { collect, duration, positive } from '../option-values.ts';
import type { Does } from './does.ts';

export function addRepository(program: Command, does: Does): void {
  const repository = program
    .command('repository')
    .description('show and change the local repository of packages');
  repository
    .command('list', { isDefault: true })
    .description('packages, how many versions they have, and where their channels point to')
    .action((_options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/repository.ts')).listPackagesCommand(context),
      ),
    );
  repository
    .command('show')
    .description(
      'the versions of a package; with `NAME@VERSION` or `NAME@CHANNEL` one of them with its files',
    )
    .argument('<package>')
    .action((name: string, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/repository.ts')).showPackageCommand(context, name),
      ),
    );
  repository
    .command('search')
    .description(
      'versions that match all words: `name:shop*`, `label:team=web`, `channel:stable`, `has:sbom`, …',
    )
    .argument('<words...>')
    .action((words: string[], _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/repository.ts')).searchRepositoryCommand(context, words),
      ),
    );
  repository
    .command('channels')
    .description('where the channels of a package point to, and all their moves')
    .argument('<package>')
    .action((name: string, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/repository.ts')).listChannelsCommand(context, name),
      ),
    );
  repository
    .command('record')
    .description('what is known of a digest, of `NAME` or of `NAME@VERSION`')
    .argument('<digest>')
    .action((word: string, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/repository.ts')).showRecordCommand(context, word),
      ),
    );
  repository
    .command('get')
    .description('write the files of a version to a folder, each checked against its digest')
    .argument('<package>', '`NAME@VERSION` or `NAME@CHANNEL`')
    .option('--output <dir>', 'the folder (default: one of the name of the package)')
    .action((name: string, options: { readonly output?: string }, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/repository-change.ts')).getVersionCommand(context, name, options),
      ),
    );
  repository
    .command('promote')
    .description('point a channel to a version, or to what another channel points to')
    .argument('<package>', '`NAME@VERSION` or `NAME@CHANNEL`')
    .argument('<channel>')
    .action((name: string, channel: string, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/repository-change.ts')).promoteCommand(context, name, channel),
      ),
    );
  repository
    .command('access')
    .description('who may publish a package, or move one of its channels')
    .argument('<package>')
    .option('--channel <channel>', 'who may move this channel, instead of who may publish')
    .option('--allow <name>', 'a name as approvals have them; may be repeated', collect, [])
    .option('--anybody', 'anybody again')
    .action((name: string, options: AccessOptions, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/repository-change.ts')).accessCommand(context, name, options),
      ),
    );
  repository
    .command('gc')
    .description('remove old versions that no channel points to and that were never deployed')
    .argument('[package]', 'this one alone')
    .option('--keep <n>', 'so many of the newest versions stay', positive)
    .option('--max-age <duration>', 'only those that are older go, such as 90d', duration)
    .option('--dry-run', 'show what would be removed; remove nothing')
    .action((name: string | undefined, options: PruneOptions, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/repository-change.ts')).pruneCommand(context, name ?? null, options),
      ),
    );
}
