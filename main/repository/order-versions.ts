import { compare, valid } from 'semver';
import type { PublishedVersion } from '#main/engine/repository-ports.ts';

/**
 * Newest first: by SemVer when all versions are (a leading `v` does not matter), else by when they were published.
 * @param versions the one that was published last comes first
 */
export function orderVersions(versions: readonly PublishedVersion[]): readonly PublishedVersion[] {
  if (!versions.every(({ version }) => valid(version) !== null)) return versions;
  return versions.toSorted((a, b) => compare(b.version, a.version));
}
