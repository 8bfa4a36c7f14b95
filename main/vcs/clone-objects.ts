import fsp from 'node:fs/promises';
import path from 'node:path';
import { git } from './git-command.ts';

/** The other side of a clone does not inherit settings; see `git` for this one. Git hands it to a shell. */
const UPLOAD_PACK = "git -c 'safe.directory=*' upload-pack";

/**
 * Makes `<target>/.git` with all branches, tags and other refs of a repository, without files. Objects are hard links where
 * possible and never change; hooks stay behind.
 */
export async function cloneObjects(topLevel: string, target: string, signal: AbortSignal): Promise<void> {
  await fsp.mkdir(target, { recursive: true });
  const options = [
    '--quiet',
    '--local',
    '--mirror',
    '--origin=origin',
    '--template=',
    `--upload-pack=${UPLOAD_PACK}`,
  ];
  await git(['clone', ...options, topLevel, path.join(target, '.git')], { cwd: target, signal });
}
