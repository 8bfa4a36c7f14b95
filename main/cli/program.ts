import { Command, Option } from 'commander';
import { VERSION } from '#main/host/version.ts';
import type { Decision } from './commands/approve.ts';
import type { GcOptions } from './commands/gc.ts';
import type { LogsOptions } from './commands/logs.ts';
import type { RunOptions } from './commands/run.ts';
import type { ScopeOptions } from './commands/secrets.ts';
import type { ServeCommandOptions } from './commands/serve.ts';
import { type CliContext, createContext, type GlobalOptions } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import { collect, duration, paths, port, positive, size } from './option-values.ts';

/** A command's work, in a module that is loaded only when it is asked for. */
type Work = (context: CliContext) => ExitCode | Promise<ExitCode>;

/** What the design has and this version has not. */
const NOT_YET = ['diff', 'environments', 'import', 'export', 'runner', 'shell'] as const;

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
      new Option('--executor <name>', 'what runs the stages')
        .choices(['process', 'docker'])
        .default('process')
        .hideHelp(),
    )
    .option('--resume <run>', 'go on with a run whose host died, instead of starting one')
    .option('--dry-run', 'show what would run, in which order, what not and why; run nothing')
    .option('--event <name>', 'with --dry-run: as if this event had happened, such as push')
    .option('--branch <name>', 'with --dry-run: as if on this branch')
    .option('--changed <paths>', 'with --dry-run: as if these files had changed, with commas between', paths)
    .addOption(new Option('--trust', 'trust this project without asking').hideHelp())
    .action((file: string | undefined, options: RunOptions, command: Command) =>
      does(command, async (context) =>
        (await import('./commands/run.ts')).runCommand(context, file, options),
      ),
    );

  program
    .command('validate')
    .description('check a pipeline file')
    .argument('[file]', 'the pipeline file')
    .action((file: string | undefined, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('./commands/validate.ts')).validateCommand(context, file),
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
  addArtifacts(program, does);
  addSecrets(program, does);

  program
    .command('logs')
    .description("write a stage's log as it came")
    .argument('<run>', 'a run: its id or the start of it, `#12`, or `latest`')
    .argument('<stage>')
    .option('--attempt <n>', 'which attempt (default: the last)', positive)
    .option('--follow', 'go on until the log is complete')
    .option('--grep <regex>', 'only lines that match')
    .option('--from-line <n>', 'from this line on', positive)
    .action((run: string, stage: string, options: LogsOptions, command: Command) =>
      does(command, async (context) =>
        (await import('./commands/logs.ts')).logsCommand(context, run, stage, options),
      ),
    );

  program
    .command('reports')
    .description("show a run's tests and other reports")
    .argument('<run>')
    .action((run: string, _options: unknown, command: Command) =>
      does(command, async (context) => (await import('./commands/reports.ts')).reportsCommand(context, run)),
    );

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

type Does = (command: Command, work: Work) => Promise<void>;

function addRuns(program: Command, does: Does): void {
  const runs = program.command('runs').description('list, show, cancel and remove runs');
  runs
    .command('list', { isDefault: true })
    .description('newest first')
    .option('--limit <n>', 'how many at most', positive, 100)
    .action((options: { limit: number }, command: Command) =>
      does(command, async (context) =>
        (await import('./commands/runs.ts')).listRunsCommand(context, options),
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
          const commands = await import('./commands/runs.ts');
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
          (await import('./commands/pin.ts')).pinRunCommand(context, run, name === 'pin'),
        ),
      );
  }
  runs
    .command('resume')
    .description('go on with a run whose host died; what finished stays finished')
    .argument('<run>')
    .action((run: string, _options: unknown, command: Command) =>
      does(command, async (context) => (await import('./commands/runs.ts')).resumeRunCommand(context, run)),
    );
  runs
    .command('rerun')
    .description('run again what did not succeed, and reuse the rest')
    .argument('<run>')
    .option('--stage <id>', 'run this stage again, and all that needs it')
    .action((run: string, options: { stage?: string }, command: Command) =>
      does(command, async (context) =>
        (await import('./commands/runs.ts')).rerunCommand(context, run, options),
      ),
    );
}

function addApprovals(program: Command, does: Does): void {
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
          (await import('./commands/approve.ts')).decideCommand(context, run, stage, {
            decision: words[name],
            ...(comment === undefined ? {} : { comment }),
          }),
        ),
      );
  }
}

function addArtifacts(program: Command, does: Does): void {
  const artifacts = program.command('artifacts').description('list, get and verify artifacts');
  artifacts
    .command('list')
    .description('the artifacts of a run with their files')
    .argument('<run>')
    .action((run: string, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('./commands/artifacts.ts')).listArtifactsCommand(context, run),
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
        (await import('./commands/artifacts.ts')).getArtifactCommand(context, run, name, options),
      ),
    );
  artifacts
    .command('verify')
    .description('check that what is stored still has its hashes')
    .argument('[run]', 'only the artifacts of this run')
    .action((run: string | undefined, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('./commands/artifacts.ts')).verifyArtifactsCommand(context, run),
      ),
    );
}

function addSecrets(program: Command, does: Does): void {
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
        const commands = await import('./commands/secrets.ts');
        if (command.args.length > 1) throw commands.valueOnCommandLine();
        return commands.setSecretCommand(context, name, options);
      }),
    );
  secrets
    .command('list', { isDefault: true })
    .description('names and scopes, never values')
    .action((_options: unknown, command: Command) =>
      does(command, async (context) => (await import('./commands/secrets.ts')).listSecretsCommand(context)),
    );
  scoped('rm', 'remove one').action((name: string, options: ScopeOptions, command: Command) =>
    does(command, async (context) =>
      (await import('./commands/secrets.ts')).removeSecretCommand(context, name, options),
    ),
  );
}

function addTriggers(program: Command, does: Does): void {
  const triggers = program.command('triggers').description('list, pause, resume and run what starts runs');
  triggers
    .command('list', { isDefault: true })
    .description('what starts runs without a person, with its next and last time')
    .action((_options: unknown, command: Command) =>
      does(command, async (context) => (await import('./commands/triggers.ts')).listTriggersCommand(context)),
    );
  const each = {
    pause: 'let triggers rest; what they miss never runs',
    resume: 'let them go on',
    run: 'run a pipeline now, as its trigger would',
  } as const;
  for (const [name, description] of Object.entries(each)) {
    triggers
      .command(name)
      .description(description)
      .argument('[file]', 'the pipeline file (default: all of the project)')
      .option('--type <type>', 'only this trigger: schedule, watch, push, webhook, pre-commit, pre-push')
      .action((file: string | undefined, { type }: { type?: string }, command: Command) =>
        does(command, async (context) => {
          const commands = await import('./commands/triggers.ts');
          return name === 'run'
            ? commands.runTriggerCommand(context, { file, type })
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
    hooks
      .command(action, { isDefault: action === 'status' })
      .description(actions[action])
      .action((_options: unknown, command: Command) =>
        does(command, async (context) => {
          const { data } = command.optsWithGlobals<GlobalOptions>();
          return (await import('./commands/hooks.ts')).hooksCommand(context, action, { data });
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
        (await import('./commands/hook-run.ts')).runHookCommand(context, name, words),
      ),
    );
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
