import { exitCodeOf } from '#shared/run/outcome.ts';
import { logOf, say, tellProgress } from './attempt-context.ts';
import { captureOutput } from './capture-output.ts';
import type { KindContext, ToolCommand, ToolExit } from './kind-ports.ts';
import { quoteCommand } from './quote-command.ts';
import type { ScriptCommand } from './ports.ts';
import { runCommand, seenFolder, type StepRun } from './run-command.ts';
import { StepEnded } from './step-ended.ts';

/** Shorter values stand in too many words that mean nothing. */
const MIN_MASKED_CHARS = 4;

/** What a kind may know and do, over the attempt that it is a step of. */
export function createKindContext(step: StepRun): KindContext {
  const { context, signal, directory } = step;
  const { ports, project, run, stage, attempt, workspace, place, passedOn } = context;
  const cwd = directory === null ? workspace : `${workspace}${ports.paths.separator}${directory}`;
  const reportPlace = { workspace, seenWorkspace: place.seenWorkspace, cwd };
  let last: Promise<unknown> = Promise.resolve();

  async function exec(command: ToolCommand): Promise<ToolExit> {
    if (signal.reason !== null) throw new StepEnded(signal.reason);
    const captured = captureOutput(
      logOf(context),
      command.silent,
      lineFilter(command.filter),
      lineFilter(command.filterStderr),
    );
    const script = 'argv' in command ? quoteCommand(command.argv, place.paths.separator) : scriptOf(command);
    const folder = seenFolder(step);
    const outcome = await runCommand(
      step,
      script,
      captured.log,
      { ...leftOut(step.env, command.without), ...command.env },
      command.in === undefined ? folder : `${folder}${place.paths.separator}${command.in}`,
    );
    await captured.log.close();
    const ended = signal.outcomeOr(outcome);
    if (ended.type !== 'succeeded' && ended.type !== 'failed') throw new StepEnded(ended);
    return {
      outcome,
      exitCode: exitCodeOf(outcome),
      stdout: captured.text('stdout'),
      stderr: captured.text('stderr'),
      isCut: captured.isCut,
    };
  }

  /** What was masked since the command began is hidden line by line: the log around it knows only what was masked before. */
  function lineFilter(filter: ToolCommand['filter']): ToolCommand['filter'] {
    if (filter === undefined) return undefined;
    return (line) => {
      const shown = filter(line);
      const { masks } = passedOn;
      return shown === null || masks.length === 0 ? shown : ports.secrets.redact(shown, masks);
    };
  }

  return {
    signal: signal.signal,
    run: {
      id: run.runId,
      number: run.number,
      name: run.name,
      project,
      projectDir: run.projectDir,
      pipelineFile: run.pipelineFile,
      git: run.git,
      trigger: run.trigger,
      startedAt: run.startedAt,
    },
    stage: stage.id,
    attempt,
    workspace,
    cwd,
    seen: { workspace: place.seenWorkspace, cwd: seenFolder(step) },
    paths: place.paths,
    runsHere: place.baseEnv === null,
    sharesFiles: place.sharesFiles,
    env: step.env,
    services: place.services,
    secrets: context.secrets,
    exec(command) {
      const next = last.then(() => exec(command));
      last = next.catch(() => undefined);
      return next;
    },
    collectFiles: () => place.collect(signal.signal),
    progress: (done, total, label) => tellProgress(context, done, total, label ?? null),
    say: (text) => say(context, text),
    mask(value) {
      if (value.length >= MIN_MASKED_CHARS && !passedOn.masks.includes(value)) passedOn.masks.push(value);
    },
    onCleanup(work) {
      passedOn.cleanups.push((inside, status) =>
        work(createKindContext({ ...step, context: inside, signal: inside.signal }), status),
      );
    },
    setEnv(name, value) {
      passedOn.env[name] = value;
    },
    addPath(dir) {
      passedOn.path.push(dir);
    },
    readReports: (globs) =>
      ports.reports.collect(reportPlace, { junit: [], coverage: [], ...globs }, signal.signal),
    parseReport: (bytes, format, name) =>
      ports.reports.parse(bytes, format, name, reportPlace, signal.signal),
    reportsOfRun: () => ports.reportHistory.read(run.runId),
    baseline: (branch, of = stage.id) =>
      ports.reportHistory.baseline(project, run.pipelineFile, branch, of, run.runId),
    ignoredFindings: () => ports.reportHistory.ignored(project),
    state: () => context.runNow(),
  };
}

function scriptOf(command: Extract<ToolCommand, { readonly script: string }>): ScriptCommand {
  return { script: command.script, shell: command.shell ?? null };
}

/** Names of variables are equal whatever their case on Windows. */
function leftOut(
  env: Readonly<Record<string, string>>,
  names: readonly string[] = [],
): Readonly<Record<string, string>> {
  if (names.length === 0) return env;
  const gone = new Set(names);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !gone.has(name)));
}
