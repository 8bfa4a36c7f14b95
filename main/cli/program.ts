import { Command, Option } from 'commander';
import { VERSION } from '#main/host/version.ts';
import { addRuns } from './command-groups/runs.ts';
import { addApprovals } from './command-groups/approvals.ts';
import { addArtifacts } from './command-groups/artifacts.ts';
import { addHosts } from './command-groups/hosts.ts';
import { addRepository } from './command-groups/repository.ts';
import { addPlugins } from './command-groups/plugins.ts';
import { addReports } from './command-groups/reports.ts';
import { addSecrets } from './command-groups/secrets.ts';
import { addSettings } from './command-groups/settings.ts';
import { addShells } from './command-groups/shells.ts';
import { addTriggers } from './command-groups/triggers.ts';
import type { Work } from './command-groups/does.ts';
import type { GcOptions } from './commands/gc.ts';
import type { InitOptions } from './commands/init.ts';
import type { LogsOptions } from './commands/logs.ts';
import type { RunOptions } from './commands/run.ts';
import type { ServeCommandOptions } from './commands/serve.ts';
import type { ValidateOptions } from './commands/validate.ts';
import { createContext, type GlobalOptions } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import { collect, duration, paths, port, positive, size } from './option-values.ts';

/** What the design has and this version has not. */
const NOT_YET = ['environments', 'import', 'export', 'runner'] as const;

/** @returns runs one command line; rejects with a CommanderError for words that do not fit, help and version */
export function createProgram(): { run(args: readonly string[]): Promise<ExitCode> } {
  let exitCode: ExitCode = 0;
  const program = new Command('pipewright')
    .description('Designs and runs CI/CD pipelines, on this machine.')
    .version(VERSION, '--version', 'show the version')
    .option('--project <dir>', 'the project (default: where you stand)')
    .option('--data <dir>', 'the folder of runs, logs and artifacts (or PIPEWRIGHT_DATA)')
    .addOption(
      new Option('--format <format>', 'how results are written').choices(['pretty', 'json', 'ndjson']),
    )
    .option('--quiet', 'write results and errors, nothing else')
    .option('--no-color', 'write without colours')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'pipewright: ')) });

  const does = async (command: Command, work: Work): Promise<void> => {
    exitCode = await work(createContext(command.optsWithGlobals<GlobalOptions>()));
  };

  program
    .command('run')
    .description('run a pipeline and show it live')
    .argument('[file]', 'the pipeline file (default: pipewright.yml, or the only one in .pipewright/)')
    .option('--input <name=value>', 'a value for an input; may be repeated', collect, [])
    .option('--stage <id...>', 'only these stages, and what they need')
    .option('--max-parallel <n>', 'how many stages run at the same time', positive)
    .addOption(
      new Option('--executor <name>', 'how stages of this machine run: as processes, or each in a container')
        .choices(['process', 'docker'])
        .default('process'),
    )
    .option('--image <name>', 'with --executor docker (default: of devcontainer.json or the Dockerfile)')
    .option('--no-reuse', 'run stages with skip-if-unchanged though nothing has changed')
    .option(
      '--pause-on-failure',
      'a stage that fails waits, so that a shell can look into it, until `continue`',
    )
    .option('--break <stage...>', 'these stages wait before their first step, until `continue`')
    .option('--resume <run>', 'go on with a run whose host died, instead of starting one')
    .option('--dry-run', 'show what would run, in which order, what not and why; run nothing')
    .option('--event <name>', 'with --dry-run: as if this event had happened, such as push')
    .option('--branch <name>', 'with --dry-run: as if on this branch')
    .option('--tag <name>', 'with --dry-run: as if for this tag')
    .option('--changed <paths>', 'with --dry-run: as if these files had changed, with commas between', paths)
    .option('--trust', 'trust the pipeline from now on, without being asked')
    .action((file: string | undefined, options: RunOptions, command: Command) =>
      does(command, async (context) =>
        (await import('./commands/run.ts')).runCommand(context, file, options),
      ),
    );

  program
    .command('init')
    .description('write a first pipeline for what is in the project')
    .option('--template <name>', 'which one (default: the first that fits the project)')
    .option('--file <file>', 'its name (default: pipewright.yml, or one in .pipewright/)')
    .option('--list', 'show the templates and why they fit; write nothing')
    .action((options: InitOptions, command: Command) =>
      does(command, async (context) => (await import('./commands/init.ts')).initCommand(context, options)),
    );

  program
    .command('validate')
    .description('check a pipeline file')
    .argument('[file]', 'the pipeline file')
    .option('--explain', 'also what a valid file could do better, with reasons and ways out')
    .action((file: string | undefined, options: ValidateOptions, command: Command) =>
      does(command, async (context) =>
        (await import('./commands/validate.ts')).validateCommand(context, file, options),
      ),
    );

  program
    .command('diff')
    .description('show what differs in the meaning of two pipeline files')
    .argument('<before>', 'a file, or one of a Git revision, such as HEAD:pipewright.yml')
    .argument('<after>')
    .action((before: string, after: string, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('./commands/diff.ts')).diffCommand(context, before, after),
      ),
    );

  program
    .command('schema')
    .description('write the JSON Schema of pipeline files')
    .action((_options: unknown, command: Command) =>
      does(command, async (context) => (await import('./commands/schema.ts')).schemaCommand(context)),
    );

  program
    .command('kinds')
    .description('list the stage catalog, or describe one kind')
    .argument('[name]')
    .action((name: string | undefined, _options: unknown, command: Command) =>
      does(command, async (context) => (await import('./commands/kinds.ts')).kindsCommand(context, name)),
    );

  addRuns(program, does);
  addApprovals(program, does);
  addShells(program, does);
  addArtifacts(program, does);
  addHosts(program, does);
  addRepository(program, does);
  addPlugins(program, does);
  addSecrets(program, does);
  addSettings(program, does);

  program
    .command('logs')
    .description("write a stage's log as it came")
    .argument('<run>', 'a run: its id or the start of it, `#12`, or `latest`')
    .argument('<stage>')
    .option('--attempt <n>', 'which attempt (default: the last)', positive)
    .option('--service <id>', 'that of a service beside the stage')
    .option('--follow', 'go on until the log is complete')
    .option('--grep <regex>', 'only lines that match')
    .option('--from-line <n>', 'from this line on', positive)
    .action((run: string, stage: string, options: LogsOptions, command: Command) =>
      does(command, async (context) =>
        (await import('./commands/logs.ts')).logsCommand(context, run, stage, options),
      ),
    );

  addReports(program, does);

  program
    .command('doctor')
    .description('show what is installed, what is missing and how to get it')
    .action((_options: unknown, command: Command) =>
      does(command, async (context) => (await import('./commands/doctor.ts')).doctorCommand(context)),
    );

  program
    .command('gc')
    .description('remove old runs, and stored content that nothing refers to')
    .option('--dry-run', 'show what would be removed; remove nothing')
    .option('--max-age <duration>', 'runs that are older go, such as 30d (default: 90d)', duration)
    .option('--max-runs <n>', 'so many runs of each pipeline stay (default: 200)', positive)
    .option('--max-size <size>', 'so much do all runs take, such as 10GB (default: 20GB)', size)
    .option('--max-workspace-age <duration>', 'workspaces of runs that stay go (default: 7d)', duration)
    .action((options: GcOptions, command: Command) =>
      does(command, async (context) => (await import('./commands/gc.ts')).gcCommand(context, options)),
    );

  program
    .command('serve')
    .description('serve the application to a browser on this machine')
    .option('--port <n>', 'the port (default: a free one)', port)
    .option('--open', 'open it in the browser')
    .option('--metrics', 'serve /metrics for Prometheus, without a token, to this machine')
    .action((options: ServeCommandOptions, command: Command) =>
      does(command, async (context) => (await import('./commands/serve.ts')).serveCommand(context, options)),
    );

  addTriggers(program, does);

  for (const name of NOT_YET) addNotYet(program, name);

  return {
    async run(args) {
      if (args.length === 0) program.help();
      await program.parseAsync([...args], { from: 'user' });
      return exitCode;
    },
  };
}

function addNotYet(parent: Command, name: string): void {
  parent
    .command(name, { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .helpOption(false)
    .action(async () => {
      const { notYet } = await import('./not-yet.ts');
      throw notYet(`\`${name}\``);
    });
}
