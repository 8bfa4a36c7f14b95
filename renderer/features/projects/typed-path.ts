/** A path as someone types it, cut at its last separator. */
export interface TypedPath {
  /** The folder whose content helps, with its separator at the end; empty for the home folder. */
  readonly dir: string;
  /** What was begun of a name in it. */
  readonly begun: string;
}

const lastSeparator = (text: string): number => Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));

export function splitTypedPath(text: string): TypedPath {
  const end = lastSeparator(text) + 1;
  return { dir: text.slice(0, end), begun: text.slice(end) };
}

/** A folder's path with a separator at its end, of the kind that it uses. */
export function withSeparator(dir: string): string {
  if (/[\\/]$/.test(dir)) return dir;
  return dir + (dir.includes('\\') && !dir.includes('/') ? '\\' : '/');
}

/** The last name of a path. */
export function folderName(dir: string): string {
  const trimmed = dir.replace(/[\\/]+$/, '');
  return trimmed === '' ? dir : trimmed.slice(lastSeparator(trimmed) + 1);
}

/** The entries whose names begin so, in any case; those that begin with a dot only when a dot was typed. */
export function matchingEntries<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  begun: string,
): Entry[] {
  const start = begun.toLowerCase();
  return entries.filter(
    ({ name }) => name.toLowerCase().startsWith(start) && (start !== '' || !name.startsWith('.')),
  );
}
