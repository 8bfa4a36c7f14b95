import path from 'node:path';
import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { leavesFolder } from '#shared/pipeline/schema-values.ts';

export const keySetting = z
  .string()
  .min(1)
  .max(512)
  .describe('The name of the cache; what it depends on belongs into it')
  .meta({ title: 'Key', examples: ["npm-${{ hashFiles('package-lock.json') }}"] });

export const pathsSetting = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .describe('The files and folders, relative to the folder of the stage')
  .meta({ title: 'Paths', 'x-control': 'globs', examples: ['node_modules'] });

/**
 * Paths of settings as caches know them: relative to the workspace.
 * @throws AppError `path-outside`
 */
export function cachePaths({ workspace, cwd }: KindContext, paths: readonly string[]): string[] {
  const folder = path.relative(workspace, cwd).replaceAll(path.sep, '/');
  return paths.map((text) => {
    if (leavesFolder(text) || /^!?~(\/|$)/.test(text)) throw outside(text);
    if (folder === '') return text;
    return text.startsWith('!') ? `!${folder}/${text.slice(1)}` : `${folder}/${text}`;
  });
}

export const outside = (text: string): AppError =>
  new AppError('path-outside', `The cache path "${text}" leaves the workspace of the stage.`, {
    hint: 'Use a path relative to the folder of the stage.',
  });
