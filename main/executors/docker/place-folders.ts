import { chmod, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type Docker from 'dockerode';
import type { LogSink } from '#main/engine/ports.ts';
import { mountedCommandFolder } from './command-files.ts';
import type { OwnMount } from './container-config.ts';
import { sendWorkspace, type SharedFiles } from './remote/send-workspace.ts';

/** What an attempt has on this machine besides its workspace. */
export interface PlaceFolders {
  readonly seenHome: string;
  /** Whether what is written on either side is seen on the other at once. */
  readonly sharesFiles: boolean;
  readonly seenWorkspace: string;
  readonly mounts: readonly OwnMount[];
  /** Once the container runs. @throws as `sendWorkspace` */
  share(container: Docker.Container, signal: AbortSignal): Promise<SharedFiles>;
  /** Removes them but for the workspace. Never rejects: what another user has made may have to stay. */
  remove(): Promise<void>;
}

const SEEN = '/pipewright';
const SEEN_COMMANDS = `${SEEN}/commands`;
const SEEN_HOME = `${SEEN}/home`;

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
    seenHome: SEEN_HOME,
    sharesFiles: true,
    seenWorkspace,
    mounts: [
      { source: workspace, target: seenWorkspace },
      { source: root, target: SEEN },
    ],
    share: () =>
      Promise.resolve({
        commands: mountedCommandFolder(commandDir, SEEN_COMMANDS, isForeignUser),
        // What the steps change is changed here.
        collect: () => Promise.resolve(),
      }),
    remove: () => rm(root, { recursive: true, force: true }).catch(() => undefined),
  };
}

/** For a daemon that sees no files of this machine: the workspace goes into a volume that is the container's own. */
export function sentFolders(workspace: string, log: LogSink): PlaceFolders {
  const seenWorkspace = seenWorkspaceOf(workspace);
  return {
    seenHome: SEEN_HOME,
    sharesFiles: false,
    seenWorkspace,
    mounts: [{ source: null, target: seenWorkspace }],
    share: (container, signal) =>
      sendWorkspace(container, { workspace, seenWorkspace, seenCommands: SEEN_COMMANDS, log }, signal),
    remove: () => Promise.resolve(),
  };
}

/** Where a container has the workspace: at the same path where that can be, so that the paths in reports mean the same in both. */
export function seenWorkspaceOf(workspace: string): string {
  return path.posix.isAbsolute(workspace) ? workspace : '/workspace';
}
