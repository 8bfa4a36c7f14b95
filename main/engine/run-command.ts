import type { Outcome } from '#shared/run/outcome.ts';
import type { AttemptContext } from './attempt-context.ts';
import type { AttemptSignal } from './attempt-signal.ts';
import type { LogSink, ScriptCommand } from './ports.ts';

/** A step with what its commands have in common. */
export interface StepRun {
  readonly context: AttemptContext;
  readonly signal: AttemptSignal;
  /** Relative to the workspace; null: the workspace. */
  readonly directory: string | null;
  readonly env: Readonly<Record<string, string>>;
}

/** The folder in which a step's commands run, as they see it. */
export function seenFolder({ context: { place }, directory }: StepRun): string {
  return directory === null
    ? place.seenWorkspace
    : `${place.seenWorkspace}${place.paths.separator}${directory}`;
}

/** Runs one command of a step where the attempt runs. */
export function runCommand(
  step: StepRun,
  command: ScriptCommand,
  log: LogSink,
  env: Readonly<Record<string, string>>,
  cwd: string = seenFolder(step),
): Promise<Outcome> {
  const { context, signal } = step;
  const { ports, place, run, stage, attempt } = context;
  return place.execute(
    {
      runId: run.runId,
      stage: stage.id,
      attempt,
      command: confidential(context, command),
      cwd,
      commandPrefix: place.seenCommandPrefix,
      env,
      log: noticed(context, log),
      onProcess: context.onProcess,
      graceMs: stage.graceMs ?? ports.graceMs,
    },
    signal.signal,
  );
}

/** The log of a stage that may not be quiet for long. */
function noticed({ stage, onOutput }: AttemptContext, log: LogSink): LogSink {
  if (stage.idleTimeoutMs === undefined || onOutput === undefined) return log;
  return {
    write(stream, chunk) {
      onOutput();
      return log.write(stream, chunk);
    },
    close: () => log.close(),
  };
}

/** A script that holds a secret, as when an expression put it there. */
function confidential({ ports, secrets, passedOn }: AttemptContext, command: ScriptCommand): ScriptCommand {
  const values = [...Object.values(secrets), ...passedOn.masks];
  if (values.length === 0 || !ports.secrets.contains(command.script, values)) return command;
  return { ...command, isConfidential: true };
}
