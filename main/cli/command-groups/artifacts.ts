import type { Command } from 'commander';
import type { Does } from './does.ts';

export function addArtifacts(program: Command, does: Does): void {
  const artifacts = program.command('artifacts').description('list, get and verify artifacts');
  artifacts
    .command('list')
    .description('the artifacts of a run with their files')
    .argument('<run>')
    .action((run: string, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/artifacts.ts')).listArtifactsCommand(context, run),
      ),
    );
  artifacts
    .command('get')
    .description("write an artifact's files into a folder")
    .argument('<run>')
    .argument('<name>')
    .option('--output <dir>', 'the folder (default: one named like the artifact)')
    .action((run: string, name: string, options: { output?: string }, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/artifacts.ts')).getArtifactCommand(context, run, name, options),
      ),
    );
  artifacts
    .command('verify')
    .description('check that what is stored still has its hashes')
    .argument('[run]', 'only the artifacts of this run')
    .action((run: string | undefined, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/artifacts.ts')).verifyArtifactsCommand(context, run),
      ),
    );
}
