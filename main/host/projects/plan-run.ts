import path from 'node:path';
import type { Issue } from '#shared/lib/issue.ts';
import { compilePlan } from '#shared/pipeline/compile-plan.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import { parsePipeline, type ParsedPipeline } from '#shared/pipeline/parse.ts';
import type { Pipeline } from '#shared/pipeline/pipeline.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import { readSource } from './pipeline-files.ts';
import { createReadInclude } from './read-include.ts';
import { releaseMemory } from './release-memory.ts';

export interface KindNames {
  list(projectDir?: string): readonly { readonly id: string; readonly trust?: string }[];
}

/** Reads and checks a file of a project. @throws AppError `pipeline-not-found` */
export async function readPipeline(
  kinds: KindNames,
  projectDir: string,
  file: string,
): Promise<ParsedPipeline & { readonly bytes: Uint8Array }> {
  const bytes = await readSource(path.resolve(projectDir, file));
  const options = { kinds: kinds.list(projectDir), readInclude: createReadInclude(projectDir) };
  return { ...parsePipeline(bytes, file, options), bytes };
}

export interface PlanRunRequest {
  readonly projectDir: string;
  readonly file: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly stages?: readonly string[] | undefined;
  /** Called with a pipeline that could run, before there is a plan; what it throws is thrown. */
  readonly vet?: (pipeline: Pipeline) => void;
}

export interface PlannedFile {
  readonly plan: Plan | null;
  readonly issues: readonly Issue[];
}

/**
 * Makes a run's plan from a file.
 * @returns all issues of the file and of the values; the plan is null when one of them is an error
 * @throws AppError `pipeline-not-found`
 */
export async function planRun(kinds: KindNames, request: PlanRunRequest): Promise<PlannedFile> {
  const planned = await plan(kinds, request);
  if ((planned.plan?.stages.length ?? 0) >= LARGE_PLAN) releaseMemory();
  return planned;
}

/** Stages from which the memory that reading the file took is worth giving back before they start. */
const LARGE_PLAN = 1_000;

async function plan(
  kinds: KindNames,
  { projectDir, file, inputs, stages, vet }: PlanRunRequest,
): Promise<PlannedFile> {
  const { pipeline, issues } = await readPipeline(kinds, projectDir, file);
  if (pipeline === null || hasErrors(issues)) return { plan: null, issues };
  const compiled = compilePlan(pipeline, stages === undefined ? { inputs } : { inputs, stages });
  if (compiled.plan !== null) vet?.(pipeline);
  return { plan: compiled.plan, issues: [...issues, ...compiled.issues] };
}
