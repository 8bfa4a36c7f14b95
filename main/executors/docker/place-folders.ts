import { chmod, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type CommandFolder, mountedCommandFolder } from './command-files.ts';
import type { OwnMount } from './container-config.ts';

/** What an attempt has on this machine besides its workspace. */
export interface PlaceFolders {
  readonly commands: CommandFolder;
  readonly seenHome: string;
  readonly seenWorkspace: string;
  readonly mounts: readonly OwnMount[];
  /** Removes them but for the workspace. Never rejects: what another user has made may have to stay. */
  remove(): Promise<void>;
}

const SEEN = '/pipewright';
export const SEEN_COMMANDS = `${SEEN}/commands`;
export const SEEN_HOME = `${SEEN}/home`;

/**
 * Makes the folder that a container and Pipewright share: command files, and a home for a user who has none.
 * @param isForeignUser someone else than the user of Pipewright writes there
 */
export async function makePlaceFolders(
  commandPrefix: string,
  workspace: string,
  isForeignUser: boolean,
): Promise<PlaceFolders> {
  const root = `${commandPrefix}place`;
  const commandDir = path.join(root, 'commands');
  await mkdir(commandDir, { recursive: true, mode: 0o700 });
  await mkdir(path.join(root, 'home'), { recursive: true, mode: 0o700 });
  // Nobody else of this machine gets here: the folder above is the user's own.
  if (isForeignUser) for (const dir of [root, commandDir]) await chmod(dir, 0o777);
  const seenWorkspace = seenWorkspaceOf(workspace);
  return {
    commands: mountedCommandFolder(commandDir, SEEN_COMMANDS, isForeignUser),
    seenHome: SEEN_HOME,
    seenWorkspace,
    mounts: [
      { source: workspace, target: seenWorkspace },
      { source: root, target: SEEN },
    ],
    remove: () => rm(root, { recursive: true, force: true }).catch(() => undefined),
  };
}

/** Where a container has the workspace: at the same path where that can be, so that the paths in reports mean the same in both. */
export function seenWorkspaceOf(workspace: string): string {
  return path.posix.isAbsolute(workspace) ? workspace : '/workspace';
}
