import { z } from 'zod';
import { formatSize } from '#shared/lib/sizes.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { listOf } from '../tools/setting-shapes.ts';
import { failed } from '../tools/verdict.ts';
import { cachePaths, keySetting, outside, pathsSetting } from './cache-settings.ts';

/** Puts back what an earlier run saved under a key. */
export const cacheRestore = defineKind({
  id: 'cache.restore',
  title: 'Restore a cache',
  summary: 'Puts files back that an earlier run saved under a key',
  docs: [
    'Looks for a cache with exactly this key, then for the newest whose key begins with one of `restore-keys`, in their order.',
    'A damaged cache counts as none, with a warning. That there is none does not fail the stage unless `required` is set.',
    '',
    "A stage's own `cache:` does this and saves, too; the kind is for when a later stage decides by `hit`.",
    'Caches belong to the project: other projects neither see nor change them.',
  ].join('\n'),
  settings: z.strictObject({
    key: keySetting,
    'restore-keys': z
      .union([z.string().min(1), z.array(z.string().min(1))])
      .optional()
      .describe('Beginnings of keys to fall back to, in order')
      .meta({ title: 'Fall back to', examples: ['npm-'] }),
    paths: pathsSetting,
    required: z.boolean().default(false).describe('Fails when nothing was found').meta({ title: 'Required' }),
  }),
  example: {
    key: "npm-${{ hashFiles('package-lock.json') }}",
    'restore-keys': ['npm-'],
    paths: ['node_modules'],
  },
  outputs: {
    hit: '`true` when exactly this key was found',
    'matched-key': 'The key that was found; empty for none',
    bytes: 'Size of the archive',
  },
  worksOnFiles: true,
  async run(settings, context, { caches }) {
    const paths = cachePaths(context, listOf<string>(settings.paths));
    const restoreKeys = listOf<string>(settings['restore-keys']);
    const cache = { key: settings.key, restoreKeys, paths };
    const { hit, issues } = await caches.restore(
      context.run.project,
      cache,
      context.workspace,
      context.signal,
    );
    const fault = issues.find(({ code, severity }) => code === 'path-outside' && severity === 'error');
    if (fault !== undefined) throw outside(fault.path);
    await context.say(
      hit === null
        ? `cache ${settings.key} not found`
        : `cache restored from ${hit.matchedKey} (${formatSize(hit.sizeBytes)})`,
    );
    const isMissing = hit === null && settings.required;
    return {
      outcome: isMissing ? failed(`There is no cache for the key ${settings.key}.`) : SUCCEEDED,
      issues,
      outputs: {
        hit: String(hit?.exact === true),
        'matched-key': hit?.matchedKey ?? '',
        bytes: String(hit?.sizeBytes ?? 0),
      },
    };
  },
});
