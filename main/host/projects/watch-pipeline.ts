import { watch } from 'node:fs';
import path from 'node:path';
import type { PipelineView } from '#shared/api/schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { waitFor } from '../runs/wait.ts';
import { pipelineView } from './pipeline-view.ts';
import type { KindNames } from './plan-run.ts';

/** Editors write a file in several steps. */
const SETTLE_MS = 100;
/** For file systems that tell nothing. */
const POLL_MS = 2_000;

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
    await waitFor(POLL_MS, signal, (wake) => onChangeOf(absolute, wake));
    await waitFor(SETTLE_MS, signal);
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

/** Watches the folder, because an editor may put a new file in the old one's place. */
function onChangeOf(absolute: string, changed: () => void): () => void {
  try {
    const watcher = watch(path.dirname(absolute), (_type, name) => {
      if (name === null || name === path.basename(absolute)) changed();
    });
    // The folder went away: polling goes on.
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    // No folder, or no watches left: polling finds the change.
    return () => undefined;
  }
}
