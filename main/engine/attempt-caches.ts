import { interpolate } from '#shared/expressions/interpolate.ts';
import { AppError, toAppError } from '#shared/lib/app-error.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { PlannedCache } from '#shared/pipeline/plan.ts';
import { leavesFolder } from '#shared/pipeline/schema-values.ts';
import { type PreparedAttempt, raise, say, stageIssue } from './attempt-context.ts';

/**
 * The stage's caches as they are before its work, which counts for saving them, too: the files that make a key may change.
 * @throws AppError `path-outside` when a path leaves the workspace
 * @throws {ExpressionFailure}
 */
export function evaluateCaches({ stage, contexts, functions }: PreparedAttempt): readonly PlannedCache[] {
  const text = (template: string): string => interpolate(template, contexts, functions);
  return stage.caches.map((planned) => {
    const paths = planned.paths.map(text);
    for (const path of paths) if (leavesFolder(path) || /^~(\/|$)/.test(path)) throw outside(path);
    return { key: text(planned.key), restoreKeys: planned.restoreKeys.map(text), paths };
  });
}

/** Puts the caches back. But for its paths a cache never decides a stage: what goes wrong is a warning. */
export async function restoreCaches(
  context: PreparedAttempt,
  caches: readonly PlannedCache[],
): Promise<void> {
  const { ports, stage, attempt, emit, project, workspace, signal } = context;
  for (const cache of caches) {
    await guarded(context, async () => {
      const { hit, issues } = await ports.caches.restore(project, cache, workspace, signal.signal);
      raise(context, issues);
      const matchedKey = hit?.matchedKey ?? null;
      const sizeBytes = hit?.sizeBytes ?? 0;
      emit([{ type: 'cache-restored', stage: stage.id, attempt, key: cache.key, matchedKey, sizeBytes }]);
      const found =
        hit === null ? 'not found' : `restored from ${hit.matchedKey} (${formatSize(hit.sizeBytes)})`;
      await say(context, `cache ${cache.key} ${found}`);
    });
  }
}

/**
 * Called after a stage has succeeded.
 * @throws AppError `path-outside` when a path turns out to leave the workspace through a link
 */
export async function saveCaches(context: PreparedAttempt, caches: readonly PlannedCache[]): Promise<void> {
  const { ports, project, workspace, signal } = context;
  for (const cache of caches) {
    await guarded(context, async () => {
      const { saved, sizeBytes, issues } = await ports.caches.save(project, cache, workspace, signal.signal);
      raise(context, issues);
      const fault = issues.find(({ code, path }) => code === 'path-outside' && cache.paths.includes(path));
      if (fault !== undefined) throw outside(fault.path);
      if (saved) await say(context, `cache ${cache.key} saved (${formatSize(sizeBytes)})`);
    });
  }
}

async function guarded(context: PreparedAttempt, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (context.signal.reason !== null) return;
    const { code, message, hint } = toAppError(error, 'artifact-failed');
    if (code === 'path-outside') throw error;
    raise(context, [stageIssue(context, 'warning', 'cache-failed', message, hint)]);
  }
}

const outside = (path: string): AppError =>
  new AppError('path-outside', `The cache path "${path}" leaves the workspace of the stage`, {
    hint: 'Use a path relative to the workspace.',
  });
