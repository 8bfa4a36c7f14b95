import type { Source } from '#shared/api/source-schemas.ts';
import { nextFileMoment } from './next-file-moment.ts';
import { insideProject } from './pipeline-files.ts';
import { findSourceFile } from './source-file.ts';

/**
 * What is on disk, at once and again whenever that has changed; null while the file is gone. Ends on abort.
 * @throws AppError `path-outside`
 */
export async function* followSource(
  projectDir: string,
  file: string,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly source: Source | null }, void, undefined> {
  const absolute = insideProject(projectDir, file);
  let last = await findSourceFile(projectDir, file);
  yield { source: last };
  while (signal?.aborted !== true) {
    await nextFileMoment(absolute, signal);
    const source = await findSourceFile(projectDir, file);
    if (source?.hash === last?.hash && source?.readOnly === last?.readOnly) continue;
    last = source;
    yield { source };
  }
}
