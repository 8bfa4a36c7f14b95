import path from 'node:path';

/** Whether an absolute path is a folder or lies below it; both must be real paths, since links are not looked at. */
export function isInside(folder: string, file: string): boolean {
  if (file === folder) return true;
  return file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

/** Whether a path of a manifest or a pattern, with forward slashes, stays below the folder that it is relative to. */
export function staysInside(relative: string): boolean {
  if (relative === '' || relative.includes('\0')) return false;
  const slashed = process.platform === 'win32' ? relative.replaceAll('\\', '/') : relative;
  if (slashed.startsWith('/') || (process.platform === 'win32' && slashed.includes(':'))) return false;
  return !slashed.split('/').includes('..');
}
