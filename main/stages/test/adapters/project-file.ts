import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';

type Folders = Pick<KindContext, 'cwd' | 'workspace'>;

/**
 * The text of the nearest file of one of these names, in the stage's folder or in one around it up to the workspace; null:
 * there is none.
 */
export async function projectFile(
  { cwd, workspace }: Folders,
  ...names: readonly string[]
): Promise<string | null> {
  let folder = cwd;
  for (;;) {
    for (const name of names) {
      const text = await readFile(path.join(folder, name), 'utf8').catch(() => null);
      if (text !== null) return text;
    }
    if (path.relative(workspace, folder) === '' || path.dirname(folder) === folder) return null;
    folder = path.dirname(folder);
  }
}

/** Whether the project has one of these files there. */
export const hasFile = async (context: Folders, ...names: readonly string[]): Promise<boolean> =>
  (await projectFile(context, ...names)) !== null;
