import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { matchingFiles } from '../tools/matching-files.ts';

/** What a build has left where it was to. */
export interface BuiltFiles {
  /** Relative to the kind's folder, with forward slashes. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** The globs that nothing matches. */
  readonly missing: readonly string[];
}

/** Looks for what is declared; each glob must find a file of its own. @throws AppError `path-outside` */
export async function builtFiles(
  context: Pick<KindContext, 'cwd' | 'signal'>,
  globs: readonly string[],
  setting = 'outputs',
): Promise<BuiltFiles> {
  const excluded = globs.filter((glob) => glob.startsWith('!'));
  const files = new Set<string>();
  const missing: string[] = [];
  for (const glob of globs.filter((one) => !one.startsWith('!'))) {
    const found = await matchingFiles(context, [glob, ...excluded], setting);
    if (found.length === 0) missing.push(glob);
    for (const file of found) files.add(file);
  }
  let bytes = 0;
  for (const file of files) bytes += (await stat(path.join(context.cwd, file))).size;
  return { files: [...files].sort(), bytes, missing };
}

/** Hex SHA-256 of a file's content. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
