import { interpolate } from '#shared/expressions/interpolate.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { PlannedCache } from '#shared/pipeline/plan.ts';
import { type AttemptContext, raise, say, stageIssue } from './attempt-context.ts';

/** Puts the stage's caches back. A cache never decides a stage: what goes wrong is a warning. */
export async function restoreCaches(context: AttemptContext): Promise<void> {
  const { ports, stage, attempt, emit, project, workspace, signal } = context;
  for (const planned of stage.caches) {
    await guarded(context, async () => {
      const cache = evaluated(context, planned);
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

/** Called after a stage has succeeded. */
export async function saveCaches(context: AttemptContext): Promise<void> {
  const { ports, stage, project, workspace, signal } = context;
  for (const planned of stage.caches) {
    await guarded(context, async () => {
      const cache = evaluated(context, planned);
      const { saved, sizeBytes, issues } = await ports.caches.save(project, cache, workspace, signal.signal);
      raise(context, issues);
      if (saved) await say(context, `cache ${cache.key} saved (${formatSize(sizeBytes)})`);
    });
  }
}

async function guarded(context: AttemptContext, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (context.signal.reason !== null) return;
    const { message, hint } = toAppError(error, 'artifact-failed');
    raise(context, [stageIssue(context, 'warning', 'cache-failed', message, hint)]);
  }
}

function evaluated({ contexts, functions }: AttemptContext, cache: PlannedCache): PlannedCache {
  const text = (template: string): string => interpolate(template, contexts, functions);
  return { key: text(cache.key), restoreKeys: cache.restoreKeys.map(text), paths: cache.paths.map(text) };
}
