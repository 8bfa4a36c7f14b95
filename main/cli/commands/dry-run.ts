import os from 'node:os';
import { readPipeline } from '#main/host/projects/plan-run.ts';
import { eventNamed } from '#main/host/projects/simulate/assume-event.ts';
import { pastDurations } from '#main/host/projects/simulate/past-durations.ts';
import { simulate } from '#main/host/projects/simulate/simulate.ts';
import { createProjectCatalog } from '#main/host/plugins/plugin-kinds.ts';
import type { RunStatus } from '#shared/run/status.ts';
import type { CliContext } from '../context.ts';
import { runJson } from '../run-output/run-json.ts';
import { dryRunLines } from './dry-run-lines.ts';
import type { PlannedRun } from './run.ts';

/** What is to be assumed, as the command line says it. */
export interface AssumedOptions {
  readonly event?: string | undefined;
  readonly branch?: string | undefined;
  readonly tag?: string | undefined;
  /** Paths relative to the repository. */
  readonly changed?: readonly string[] | undefined;
}

/**
 * Says what a run would do and why: nothing is started or stored.
 * @returns how the run would end if every stage did its work
 * @throws AppError `usage` for an event that there is not
 */
export async function dryRun(
  context: CliContext,
  planned: PlannedRun,
  { event, ...assumed }: AssumedOptions,
): Promise<RunStatus> {
  const { output } = context;
  const { projectDir, pipelineFile, plan, maxParallel = os.availableParallelism() } = planned;
  const kinds = createProjectCatalog();
  const { pipeline, issues } = await readPipeline(kinds, projectDir, pipelineFile);
  const { simulation, run } = await simulate({
    ...{ projectDir, pipelineFile, plan, maxParallel, issues, kinds },
    on: pipeline?.file.on,
    assumed: { ...assumed, event: event === undefined ? undefined : eventNamed(event) },
    expectedMs: pastDurations(await context.dataDir(), projectDir, pipelineFile),
    now: Date.now,
  });
  const { whyNot } = simulation.event;
  if (whyNot !== null) output.note(`The event would start no run: ${whyNot}. If it did:`);
  if (output.format === 'ndjson') for (const each of run.events) output.json(each);
  if (output.format === 'json') output.json({ ...(runJson(run.state) as object), simulation });
  if (output.format === 'pretty')
    for (const line of dryRunLines(simulation, run, output.colors)) output.line(line);
  return run.state.status;
}
