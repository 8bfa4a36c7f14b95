import { z } from 'zod';
import { formatSize } from '#shared/lib/sizes.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { listOf } from '../tools/setting-shapes.ts';
import { cachePaths, keySetting, outside, pathsSetting } from './cache-settings.ts';

/** Keeps files for later runs under a key. */
export const cacheSave = defineKind({
  id: 'cache.save',
  title: 'Save a cache',
  summary: 'Keeps files for later runs under a key',
  docs: [
    'Packs the files (`tar`, zstd) and keeps them under the key, unless there is a cache of this key already: a key stands for one',
    'content. Paths that leave the workspace are refused, also through links. When caches go is set under Storage.',
  ].join('\n'),
  settings: z.strictObject({ key: keySetting, paths: pathsSetting }),
  example: { key: "npm-${{ hashFiles('package-lock.json') }}", paths: ['node_modules'] },
  outputs: {
    saved: '`false` when there was one of this key, or nothing to save',
    bytes: 'Size of the archive',
  },
  worksOnFiles: true,
  async run(settings, context, { caches }) {
    const paths = cachePaths(context, listOf<string>(settings.paths));
    const cache = { key: settings.key, restoreKeys: [], paths };
    const { saved, sizeBytes, issues } = await caches.save(
      context.run.project,
      cache,
      context.workspace,
      context.signal,
    );
    const fault = issues.find(({ code, severity }) => code === 'path-outside' && severity === 'error');
    if (fault !== undefined) throw outside(fault.path);
    const said = saved
      ? `saved (${formatSize(sizeBytes)})`
      : 'not saved: it is there already, or there is nothing to save';
    await context.say(`cache ${settings.key} ${said}`);
    return { outcome: SUCCEEDED, issues, outputs: { saved: String(saved), bytes: String(sizeBytes) } };
  },
});
