import fs from 'node:fs';

interface GlobEntry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/**
 * What a glob library reads folders through, so that links are found like files and never followed: it would either
 * follow them or pass them by.
 */
export const linksAsFiles = {
  readdir(
    folder: string,
    _options: unknown,
    done: (error: Error | null, entries: readonly GlobEntry[]) => void,
  ): void {
    fs.readdir(folder, { withFileTypes: true }, (error, entries) =>
      done(error, error ? [] : entries.map(shown)),
    );
  },
  readdirSync: (folder: string): readonly GlobEntry[] =>
    fs.readdirSync(folder, { withFileTypes: true }).map(shown),
} as unknown as Partial<Pick<typeof fs, 'readdir' | 'readdirSync'>>;

function shown(entry: fs.Dirent): GlobEntry {
  return {
    name: entry.name,
    isFile: () => entry.isFile() || entry.isSymbolicLink(),
    isDirectory: () => entry.isDirectory(),
    isSymbolicLink: () => false,
  };
}
