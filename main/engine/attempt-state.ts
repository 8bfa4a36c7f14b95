import { type AttemptContext, raise, stageIssue } from './attempt-context.ts';

/** Keeps what the stage wrote to `$PIPEWRIGHT_STATE`, as far as it names it; all of it at once. */
export function writeState(context: AttemptContext): void {
  const { ports, run, stage, project, passedOn, secrets } = context;
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(passedOn.state)) {
    const refusal = !stage.state.includes(name)
      ? `The stage wrote the state "${name}" without naming it in \`state\``
      : ports.secrets.contains(value, Object.values(secrets))
        ? `The state "${name}" would hold a secret`
        : null;
    if (refusal === null) values[name] = value;
    else raise(context, [stageIssue(context, 'warning', 'state-refused', `${refusal}; it was not kept`)]);
  }
  if (Object.keys(values).length > 0) ports.states.write(project, run.pipelineFile, values, run.runId);
}
