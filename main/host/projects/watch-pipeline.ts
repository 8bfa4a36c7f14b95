import path from 'node:path';
import type { PipelineView } from '#shared/api/schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { nextFileMoment } from './next-file-moment.ts';
import { pipelineView } from './pipeline-view.ts';
import type { KindNames } from './plan-run.ts';

/**
 * The view of a file whenever its text has changed since the call, or since the value before. Ends on abort.
 * While the file is gone there is no value; it may come back, as with editors that replace files.
 */
export async function* watchPipeline(
  kinds: KindNames,
  projectDir: string,
  file: string,
  signal?: AbortSignal,
): AsyncGenerator<PipelineView, void, undefined> {
  const absolute = path.resolve(projectDir, file);
  let text = (await viewIfThere(kinds, projectDir, file))?.text ?? null;
  while (signal?.aborted !== true) {
    await nextFileMoment(absolute, signal);
    const view = await viewIfThere(kinds, projectDir, file);
    if (view === null || view.text === text) continue;
    text = view.text;
    yield view;
  }
}

async function viewIfThere(kinds: KindNames, projectDir: string, file: string): Promise<PipelineView | null> {
  try {
    return await pipelineView(kinds, projectDir, file);
  } catch (error) {
    if (error instanceof AppError && error.code === 'pipeline-not-found') return null;
    throw error;
  }
}
