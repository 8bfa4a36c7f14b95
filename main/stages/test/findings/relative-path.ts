import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';

const slashed = (file: string): string => file.replaceAll('\\', '/');

/** What lies below a folder, relative to it; null: it does not. */
function below(folder: string, file: string): string | null {
  const start = slashed(folder).replace(/\/*$/, '/');
  return file.startsWith(start) ? file.slice(start.length) : null;
}

/**
 * A path as a tool wrote it, which was called in the stage's folder, relative to the workspace; as it is when it lies
 * outside.
 */
export function relativePath(
  context: Pick<KindContext, 'workspace' | 'cwd' | 'seen' | 'paths'>,
  file: string,
): string {
  const plain = context.paths.separator === '\\' ? slashed(file) : file;
  const isAbsolute = plain.startsWith('/') || /^[A-Za-z]:\//.test(plain);
  if (isAbsolute) {
    return below(context.seen.workspace, plain) ?? below(context.workspace, plain) ?? plain;
  }
  const folder = slashed(path.relative(context.workspace, context.cwd));
  return path.posix.normalize(folder === '' ? plain : `${folder}/${plain}`);
}
