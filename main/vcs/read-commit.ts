import path from 'node:path';
import { findRepository } from './repository.ts';
import { git, gitBytes } from './git-command.ts';

/** A file of a commit. */
export type CommittedFile =
  | { readonly type: 'file'; readonly sizeBytes: number; readonly bytes: Uint8Array }
  /** Not there, a folder, a link, or larger than asked for. */
  | { readonly type: 'none' }
  | { readonly type: 'too-large'; readonly sizeBytes: number };

/** Reads files of a project as one commit has them. */
export interface CommitReader {
  /** @param file relative to the project, with forward slashes @throws ExecaError */
  read(file: string): Promise<CommittedFile>;
}

/**
 * @param commit must be in the project's repository
 * @param maxBytes files that are larger are not read
 * @throws Error when the project is in no repository
 */
export async function createCommitReader(
  projectDir: string,
  commit: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<CommitReader> {
  const repository = await findRepository(projectDir, signal);
  if (repository === null) throw new Error(`${projectDir} is not in Git.`);
  const prefix = repository.prefix.split(path.sep).join('/');
  const options = { cwd: repository.topLevel, signal };
  return {
    async read(file) {
      const name = joined(prefix, file);
      if (name === null) return { type: 'none' };
      const listing = await git(
        ['--literal-pathspecs', 'ls-tree', '-l', '-z', '--full-tree', commit, '--', name],
        options,
      );
      const [, id, size] = /^100(?:644|755) blob ([0-9a-f]+) +(\d+)\t/.exec(listing) ?? [];
      if (id === undefined) return { type: 'none' };
      const sizeBytes = Number(size);
      if (sizeBytes > maxBytes) return { type: 'too-large', sizeBytes };
      return { type: 'file', sizeBytes, bytes: await gitBytes(['cat-file', 'blob', id], options) };
    },
  };
}

/** Null for a path that leaves the project. */
function joined(prefix: string, file: string): string | null {
  const parts: string[] = [];
  for (const part of file.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length === 0 ? null : [...(prefix === '' ? [] : [prefix]), ...parts].join('/');
}
