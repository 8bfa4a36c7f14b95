import type { DockerDaemon } from './docker-client.ts';

/** Of this process; null where there are no such numbers. */
export interface OwnIds {
  readonly uid: number;
  readonly gid: number;
}

/** Who runs the steps of a container. */
export interface ContainerUser {
  /** As the daemon wants it; null: whom the image names. */
  readonly user: string | null;
  /** It may have no entry in the image's passwd, and so no home of its own. */
  readonly needsHome: boolean;
}

/**
 * Whom steps run as, so that the files of the workspace belong to the user of Pipewright. In a rootless daemon that is its
 * root; where files go through a virtual machine they belong to the user whoever writes them.
 * @param asked what the file says; null: nothing
 */
export function containerUser(
  asked: string | null,
  daemon: Pick<DockerDaemon, 'isNative' | 'isRootless'>,
  own: OwnIds | null,
): ContainerUser {
  if (asked !== null && asked !== '') return { user: asked, needsHome: false };
  if (!daemon.isNative || own === null) return { user: null, needsHome: false };
  if (daemon.isRootless || own.uid === 0) return { user: '0:0', needsHome: false };
  return { user: `${own.uid}:${own.gid}`, needsHome: true };
}

/** Of this process, where it has any. */
export function ownIds(): OwnIds | null {
  const { getuid, getgid } = process;
  return getuid === undefined || getgid === undefined ? null : { uid: getuid(), gid: getgid() };
}
