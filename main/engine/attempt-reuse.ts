import { ExpressionFailure } from '#shared/expressions/expression-failure.ts';
import { interpolate } from '#shared/expressions/interpolate.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import { reasonOf } from '#shared/lib/system-error.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import { type PreparedAttempt, say } from './attempt-context.ts';
import { mapTexts } from './map-texts.ts';
import type { Fingerprint, ReusableResult } from './ports.ts';

export interface Reusable {
  readonly result: ReusableResult | null;
  /** Null for a stage that always runs. */
  readonly fingerprint: Fingerprint | null;
}

/**
 * Looks whether an earlier run made what this stage would make; if so, its artifacts are put into the workspace.
 * On a miss the log says which inputs changed.
 */
export async function findReusable(context: PreparedAttempt): Promise<Reusable> {
  const { ports, run, stage, project, workspace, signal, emit } = context;
  if (stage.skipIfUnchanged === null) return { result: null, fingerprint: null };
  const fingerprint = await fingerprintOf(context, stage.skipIfUnchanged);
  if (stage.skipIfUnchanged.isForced === true) {
    await say(context, 'runs whatever has changed, because that was asked for');
    return { result: null, fingerprint };
  }
  const { result, changed } = ports.reuse.find(project, run.pipelineFile, stage.id, fingerprint);
  if (result === null) {
    if (changed.length > 0) await say(context, `runs because ${changed.join(', ')} changed`);
    return { result, fingerprint };
  }
  try {
    for (const artifact of result.artifacts) await ports.artifacts.place(artifact, workspace, signal.signal);
  } catch (error) {
    if (signal.reason !== null) throw error;
    // The work is done again rather than refused: that stores anew what was damaged.
    await say(context, `runs although nothing changed: ${reasonOf(error)}`);
    return { result: null, fingerprint };
  }
  const { runId, artifacts, reports } = result;
  emit([
    { type: 'stage-reused', stage: stage.id, from: { runId, because: 'unchanged', artifacts, reports } },
  ]);
  await say(context, `reused from run ${runId}, because nothing that decides it has changed`);
  return { result, fingerprint };
}

export function rememberResult(
  { ports, run, stage, project, state }: PreparedAttempt,
  fingerprint: Fingerprint | null,
  outputs: Readonly<Record<string, string>>,
): void {
  if (fingerprint === null) return;
  const { artifacts, reports } = state();
  ports.reuse.remember(project, run.pipelineFile, stage.id, fingerprint, {
    runId: run.runId,
    stage: stage.id,
    outputs,
    artifacts,
    reports,
  });
}

/** What a stage depends on. Secrets do not count: their values must not be kept, not even as a hash. */
async function fingerprintOf(
  context: PreparedAttempt,
  { files, env, tools }: NonNullable<PlannedStage['skipIfUnchanged']>,
): Promise<Fingerprint> {
  const { ports, run, stage, functions, secrets } = context;
  const { vars, inputs: given } = run.plan;
  const redact = (text: string): string => ports.secrets.redact(text, Object.values(secrets));
  const values = { ...ports.baseEnv, ...context.env };
  const work = [commandOf(context), context.env, stage.leg?.values ?? null, stage.workingDirectory];
  const inputs: Record<string, string> = {
    command: redact(JSON.stringify(work)),
    inputs: JSON.stringify(given),
  };
  if (Object.keys(vars).length > 0) inputs.vars = JSON.stringify(vars);
  if (files.length > 0) inputs.files = functions.hashFiles?.([...files]) ?? '';
  for (const name of env) inputs[`env ${name}`] = redact(values[name] ?? '');
  for (const id of stage.needs) {
    const needed = chunkedGet(run.stages, run.graph.indexOf.get(id)!);
    inputs[`stage ${id}`] = JSON.stringify([needed.artifacts.map(({ sha256 }) => sha256), needed.outputs]);
  }
  for (const tool of tools) inputs[`tool ${tool}`] = await ports.toolVersion(tool, run.projectDir);
  return inputs;
}

/** The steps with what their expressions come to now; those over earlier steps follow from these. */
function commandOf({ stage, contexts, functions }: PreparedAttempt): PlannedStage['steps'] {
  const known = { ...contexts, steps: {} };
  return mapTexts(stage.steps, (text) => {
    try {
      return interpolate(text, known, functions);
    } catch (error) {
      if (error instanceof ExpressionFailure) return text;
      throw error;
    }
  });
}
