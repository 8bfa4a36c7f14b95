import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { MAX_FILE_BYTES } from '#shared/pipeline/limits.ts';

/**
 * Reads the files that a pipeline includes. Answers with null for one that is not there, is no plain file, is larger
 * than a pipeline file may be, or leaves the project, by a symbolic link for one.
 */
export function createReadInclude(projectDir: string): (file: string) => Uint8Array | null {
  return (file) => {
    try {
      const root = realpathSync(projectDir);
      const absolute = realpathSync(path.resolve(root, file));
      const relative = path.relative(root, absolute);
      if (relative === '' || relative.split(path.sep)[0] === '..' || path.isAbsolute(relative)) return null;
      const { size } = statSync(absolute);
      return size > MAX_FILE_BYTES || !statSync(absolute).isFile() ? null : readFileSync(absolute);
    } catch {
      // Whatever the reason, the pipeline's author needs to know the same: this file cannot be included.
      return null;
    }
  };
}
