import { planRun } from '#main/host/projects/plan-run.ts';
import { createProjectCatalog } from '#main/host/plugins/plugin-kinds.ts';
import type { NewFiring, TriggerKey, TriggerType } from '#shared/api/trigger-schemas.ts';
import type { RunTrigger } from '#shared/run/events.ts';
import type { CliContext } from '../context.ts';
import { EXIT, exitCodeOfRun, type ExitCode } from '../exit-code.ts';
import { issueLine } from '../issue-line.ts';
import type { Consent } from '../trust/consent.ts';
import { runAndShow } from './run-and-show.ts';

type PipelineRef = Pick<TriggerKey, 'projectId' | 'file'>;

/**
 * Runs a pipeline of the project as a trigger would, shows it, and notes the firing.
 * @param consent undefined when it is known that the pipeline is trusted
 * @throws AppError `not-trusted`
 */
export async function runTriggered(
  context: CliContext,
  pipeline: PipelineRef,
  type: TriggerType,
  trigger: RunTrigger & { readonly reason: string },
  consent?: Consent,
): Promise<ExitCode> {
  const { projectDir, output } = context;
  const { file } = pipeline;
  const vet = consent?.vet;
  const { plan, issues } = await planRun(createProjectCatalog(), {
    projectDir,
    file,
    inputs: {},
    ...(vet === undefined ? {} : { vet }),
  });
  if (plan === null) {
    for (const issue of issues) {
      if (issue.severity === 'error') output.error(issueLine(issue, output.errorColors));
    }
    return EXIT.usage;
  }
  await consent?.given(file);
  const planned = { projectDir, pipelineFile: file, plan, maxParallel: undefined, trigger };
  const status = await runAndShow(context, planned, ({ store }, runId) => {
    store.triggers.record({ ...firingOf(pipeline, type, trigger.reason), runId, skipped: null });
  });
  return exitCodeOfRun(status);
}

export function firingOf(
  { projectId, file }: PipelineRef,
  type: TriggerType,
  reason: string,
): Omit<NewFiring, 'runId' | 'skipped'> {
  return { projectId, file, type, at: new Date().toISOString(), reason };
}
