import { createFileHasher } from '#main/artifacts/hash-files.ts';
import type { Catalog } from '#main/stages/registry.ts';
import { readRules } from '#main/triggers/rules.ts';
import { gitSourceControl } from '#main/vcs/git-info.ts';
import type { Simulation } from '#shared/api/simulation-schemas.ts';
import type { Issue } from '#shared/lib/issue.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import type { Pipeline } from '#shared/pipeline/pipeline.ts';
import { type AssumedEvent, assumeEvent } from './assume-event.ts';
import { describeSimulation } from './describe-simulation.ts';
import { type SimulatedRun, simulateRun } from './simulate-run.ts';

export interface SimulationRequest {
  readonly projectDir: string;
  readonly pipelineFile: string;
  /** What the file says under `on`. */
  readonly on: Pipeline['file']['on'];
  readonly plan: Plan;
  /** Of the file and the values, to be passed on. */
  readonly issues: readonly Issue[];
  readonly assumed: AssumedEvent;
  readonly maxParallel: number;
  /** How long stages took in past runs, by id. */
  readonly expectedMs: Readonly<Record<string, number>>;
  readonly kinds: Pick<Catalog, 'check'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Says what a run would do and why. Reads the project's files and its repository; starts, stores and changes nothing. */
export async function simulate({
  assumed,
  on,
  issues,
  now,
  ...request
}: SimulationRequest): Promise<{ readonly simulation: Simulation; readonly run: SimulatedRun }> {
  const known = await gitSourceControl.describe(request.projectDir);
  const situation = assumeEvent(readRules(on), known, assumed);
  const { trigger, git } = situation;
  const hashFiles = rememberHashes(request.projectDir, now);
  const run = simulateRun({ ...request, trigger, git, hashFiles, startMs: now() });
  return { simulation: describeSimulation(run, situation, issues), run };
}

/** Conditions ask for the same files again and again, and these do not change meanwhile. */
function rememberHashes(projectDir: string, now: () => number): (globs: readonly string[]) => string {
  const hash = createFileHasher(now);
  const known = new Map<string, string>();
  return (globs) => {
    const key = JSON.stringify(globs);
    const digest = known.get(key) ?? hash(projectDir, globs);
    known.set(key, digest);
    return digest;
  };
}
