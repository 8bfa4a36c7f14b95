import { projectIdOfDir } from '#main/store/project-id.ts';
import type { Simulation } from '#shared/api/simulation-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { compilePlan } from '#shared/pipeline/compile-plan.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';
import type { Host } from '../../create-host.ts';
import { insideProject, readSource } from '../pipeline-files.ts';
import { createReadInclude } from '../read-include.ts';
import type { AssumedEvent } from './assume-event.ts';
import { simulate } from './simulate.ts';

export interface SimulateFileRequest {
  readonly projectDir: string;
  /** Relative to the project's folder. */
  readonly file: string;
  /** What the file is to say; without it, what it says. */
  readonly text?: string | undefined;
  readonly assumed: AssumedEvent;
  readonly inputs: Readonly<Record<string, string>>;
  readonly stages?: readonly string[] | undefined;
  readonly maxParallel: number;
}

/**
 * Simulates a run of a file, or of a draft of it.
 * @throws AppError `path-outside`, `pipeline-not-found`; `pipeline-invalid` with the issues
 */
export async function simulateFile(
  { kinds, store }: Pick<Host, 'kinds' | 'store'>,
  { projectDir, file, text, assumed, inputs, stages, maxParallel }: SimulateFileRequest,
): Promise<Simulation> {
  const absolute = insideProject(projectDir, file);
  const readInclude = createReadInclude(projectDir);
  const source = text ?? (await readSource(absolute));
  const { pipeline, issues } = parsePipeline(source, file, { kinds: kinds.list(projectDir), readInclude });
  const compiled =
    pipeline === null || hasErrors(issues)
      ? { plan: null, issues: [] }
      : compilePlan(pipeline, stages === undefined ? { inputs } : { inputs, stages });
  const found = [...issues, ...compiled.issues];
  if (compiled.plan === null) {
    const error = found.find(({ severity }) => severity === 'error');
    throw new AppError('pipeline-invalid', error?.message ?? `${file} cannot run.`, {
      details: { issues: found },
    });
  }
  const { simulation } = await simulate({
    ...{ projectDir, assumed, maxParallel, kinds },
    pipelineFile: file,
    on: pipeline?.file.on,
    plan: compiled.plan,
    issues: found,
    expectedMs: store.stageDurations.expected(projectIdOfDir(projectDir), file),
    now: Date.now,
  });
  return simulation;
}
