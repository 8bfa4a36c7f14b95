import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';

/** A file or folder that a setting names. */
export interface WorkspacePath {
  /** On this machine, absolute. */
  readonly here: string;
  /** Relative to the kind's folder (`cwd`), with forward slashes; `.` is that folder. */
  readonly relative: string;
  /** Relative to the workspace, with forward slashes; `.` is the workspace. */
  readonly fromWorkspace: string;
  /** As commands see it, absolute. */
  readonly seen: string;
}

type Folders = Pick<KindContext, 'workspace' | 'cwd' | 'seen' | 'paths'>;

/**
 * Where a path of a setting is. It need not exist.
 * @param text relative to `cwd`
 * @param setting its key, for people
 * @throws AppError `path-outside` when it is absolute, climbs out of the workspace, or a link on its way leads out
 */
export async function workspacePath(
  { workspace, cwd, seen, paths }: Folders,
  text: string,
  setting: string,
): Promise<WorkspacePath> {
  const outside = (): AppError =>
    new AppError('path-outside', `\`${setting}\`: ${text} is not inside of the workspace.`, {
      hint: 'Give a path relative to the folder of the stage that stays in the workspace.',
    });
  if (isAbsolute(text) || text.includes('\0')) throw outside();
  const here = path.resolve(cwd, text);
  if (!contains(workspace, here)) throw outside();
  if (!contains(await realpath(workspace), await realOf(here))) throw outside();
  const slashed = (from: string): string => path.relative(from, here).replaceAll(path.sep, '/') || '.';
  const relative = slashed(cwd);
  const fromWorkspace = slashed(workspace);
  const parts = fromWorkspace === '.' ? [] : fromWorkspace.split('/');
  return { here, relative, fromWorkspace, seen: [seen.workspace, ...parts].join(paths.separator) };
}

/** A drive or a share is absolute wherever the file is read: a pipeline file means the same everywhere. */
const isAbsolute = (text: string): boolean =>
  path.posix.isAbsolute(text) || path.win32.isAbsolute(text) || /^[a-z]:/i.test(text);

export function contains(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..');
}

/** The real path of what exists of it, with the rest behind it. */
async function realOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const parent = path.dirname(file);
    return parent === file ? file : path.join(await realOf(parent), path.basename(file));
  }
}

/** For `ToolCommand.in`: '' is the kind's own folder. */
export const folderOf = ({ paths }: Pick<KindContext, 'paths'>, { relative }: WorkspacePath): string =>
  relative === '.' ? '' : relative.replaceAll('/', paths.separator);
