import { createHash } from 'node:crypto';
import type Docker from 'dockerode';
import type { ImageBuild } from './build-context.ts';

/** Which Dockerfile an image was built of, on which machine or project nobody can tell from it. */
export const SOURCE_LABEL = 'pipewright.build.source';

/** Of one Dockerfile: runs that go on, or are run anew, need the image that they were planned with. */
const KEPT = 5;

/** The same for builds that only differ in what the files hold. */
export function sourceOf({ contextDir, dockerfile, target }: ImageBuild): string {
  return createHash('sha256')
    .update(JSON.stringify([contextDir, dockerfile, target]))
    .digest('hex')
    .slice(0, 32);
}

/**
 * Removes what was built of the same Dockerfile long ago: all but the newest, and but for what a container uses. Never
 * rejects: what cannot be removed now is tried again after the next build.
 * @param current the name of the one that was just built
 */
export async function removeStaleBuilds(docker: Docker, source: string, current: string): Promise<void> {
  try {
    const found = await docker.listImages({ filters: { label: [`${SOURCE_LABEL}=${source}`] } });
    const old = found.sort((one, other) => other.Created - one.Created).slice(KEPT);
    // The daemon's own cache may have made it of parts that are older than the others.
    const stale = old.filter(({ RepoTags: tags }) => !namesOf(tags, '').includes(current));
    for (const { Id, RepoTags } of stale)
      for (const name of namesOf(RepoTags, Id))
        await docker
          .getImage(name)
          .remove()
          .catch(() => undefined);
  } catch {
    // A daemon that has gone away meanwhile tells it to whoever needs it next.
  }
}

/** By its names, as an image that somebody has given another one stays. */
function namesOf(tags: readonly string[] | null | undefined, id: string): readonly string[] {
  const names = (tags ?? []).filter((tag) => tag.startsWith('pipewright-build:'));
  return (tags ?? []).length === 0 ? [id] : names;
}
