import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import type { LockedPlugin } from '#shared/plugins/lock.ts';
import type { ActionManifest } from '#shared/plugins/manifest.ts';
import { contentDigest } from './content-digest.ts';
import { contentDir, fetchContent, isThere } from './fetch-content.ts';
import { readManifest } from './read-manifest.ts';

interface OpenedContent {
  readonly dir: string;
  readonly manifest: ActionManifest;
}

/**
 * The files of locked plugins in a data folder: fetched when they are first used, and looked at before each use, so that
 * nothing runs but what was locked.
 */
export function createPluginContents(dataDir: string) {
  return {
    async open(
      projectDir: string,
      name: string,
      { source, digest }: LockedPlugin,
      signal: AbortSignal,
    ): Promise<OpenedContent> {
      if ('image' in source)
        throw new AppError('plugin-invalid', `plugin:${name} is an image and has no files.`);
      const dir = contentDir(dataDir, digest);
      if ('folder' in source || !(await isThere(dir))) {
        const fetched = await fetchContent(source, dataDir, projectDir, signal);
        if (fetched.digest !== digest) throw changed(name, 'folder' in source);
      } else if ((await contentDigest(dir)) !== digest) throw changed(name, false);
      return { dir, manifest: await readManifest(dir) };
    },
    async openInner(content: OpenedContent, folder: string): Promise<OpenedContent> {
      const dir = path.resolve(content.dir, folder);
      const relative = path.relative(content.dir, dir);
      if (relative.split(path.sep)[0] === '..' || path.isAbsolute(relative))
        throw new AppError('path-outside', `${folder} is not inside of the plugin.`);
      return { dir, manifest: await readManifest(dir) };
    },
  };
}

function changed(name: string, isFolder: boolean): AppError {
  return new AppError('plugin-failed', `plugin:${name} is not what was locked: its files differ.`, {
    hint: isFolder
      ? `Look at what changed, then lock it anew with \`pipewright plugins add ${name} …\`.`
      : 'Remove the folder `plugins` of the data folder to have it fetched anew.',
  });
}
