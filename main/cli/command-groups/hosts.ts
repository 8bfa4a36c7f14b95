import type { Command } from 'commander';
import type { HostOptions } from '../commands/hosts.ts';
import type { HostTestOptions } from '../commands/hosts-test.ts';
import { collect, positive } from '../option-values.ts';
import type { Does } from './does.ts';

export function addHosts(program: Command, does: Does): void {
  const hosts = program
    .command('hosts')
    .description('list, add, remove and test the hosts that stages run on');
  hosts
    .command('list', { isDefault: true })
    .description('names, labels, slots and what the last test came to')
    .action((_options: unknown, command: Command) =>
      does(command, async (context) => (await import('../commands/hosts.ts')).listHostsCommand(context)),
    );
  hosts
    .command('add')
    .description('register a host, or change its labels and slots')
    .argument('<name>', 'as OpenSSH knows it: a name of ~/.ssh/config, a host name, user@host')
    .option('--label <label>', 'what it offers, for `runs-on`; may be repeated', collect, [])
    .option('--slots <n>', 'how many stages may run there at once (default: 1)', positive)
    .action((name: string, options: HostOptions, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/hosts.ts')).addHostCommand(context, name, options),
      ),
    );
  hosts
    .command('rm')
    .description('forget a host; its labels and slots go')
    .argument('<name>')
    .action((name: string, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/hosts.ts')).removeHostCommand(context, name),
      ),
    );
  hosts
    .command('test')
    .description('try, step by step, whether stages can run on a host')
    .argument('<name>')
    .option('--accept-key <fingerprint>', 'first add the key that the host shows, if it has this fingerprint')
    .action((name: string, options: HostTestOptions, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/hosts-test.ts')).testHostCommand(context, name, options),
      ),
    );
}
