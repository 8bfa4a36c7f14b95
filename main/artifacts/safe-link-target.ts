import path from 'node:path';

/**
 * What a link may say so that it stays in the workspace wherever that lies: a relative target, with forward slashes, whose
 * `..` all stand in front and do not climb above the root. Since every link of an archive keeps to this, none of them leads
 * out through another one either.
 * @param root the workspace's real path; a target below it is made relative
 * @param link the link's own path, relative to the root, with forward slashes
 * @returns null when the link leads out
 */
export function safeLinkTarget(root: string, link: string, target: string): string | null {
  const parent = path.posix.dirname(link);
  const relative = path.isAbsolute(target) ? path.relative(path.join(root, parent), target) : target;
  if (relative === '' || relative.includes('\0') || path.isAbsolute(relative)) return null;
  const parts = (path.sep === '\\' ? relative.replaceAll('\\', '/') : relative).split('/');
  if (path.sep === '\\' && parts.some((part) => part.includes(':'))) return null;
  const depth = parent === '.' ? 0 : parent.split('/').length;
  const steps = parts.filter((part) => part !== '' && part !== '.');
  const climbs = steps.findIndex((part) => part !== '..');
  const up = climbs === -1 ? steps.length : climbs;
  if (up > depth || steps.slice(up).includes('..')) return null;
  return parts.join('/');
}
