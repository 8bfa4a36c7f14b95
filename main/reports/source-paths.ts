import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReportPlace } from '#main/engine/ports.ts';

/** Turns the path of a source file, as a tool wrote it, into the one to show. */
export interface SourcePaths {
  /**
   * With forward slashes. Relative to the workspace where it lies inside; what lies outside is absolute, so that nobody who
   * reads relative paths alone ever opens it.
   * @param file a path, with either slash, or a `file:` URI
   * @param bases folders that it may be relative to, the likeliest first; more than one is told apart by what is there
   */
  of(file: string, bases?: readonly string[]): string;
}

/** Where a relative path is not there, it may be relative to the workspace though the tool worked below it. */
const basesOf = ({ workspaces, cwd }: ToolPlace): readonly string[] =>
  cwd === undefined || workspaces.includes(cwd) ? ['.'] : ['.', workspaces[0]];

/** Where a tool worked whose report is read. */
export interface ToolPlace {
  /** The workspace by each name that it has, absolute; the first is this machine's. */
  readonly workspaces: readonly [string, ...string[]];
  /** What relative paths are relative to; the workspace unless set. Absolute, below the workspace. */
  readonly cwd?: string;
}

/** A tool may have seen the workspace by its real path, by a link to it, or from inside a container. */
export async function toolPlaceOf({ workspace, seenWorkspace, cwd }: ReportPlace): Promise<ToolPlace> {
  const real = await realpath(workspace).catch(() => workspace);
  const names = new Set([workspace, real, ...(seenWorkspace === undefined ? [] : [seenWorkspace])]);
  return { workspaces: [...names] as [string, ...string[]], ...(cwd !== undefined && { cwd }) };
}

const isRooted = (file: string): boolean =>
  file.startsWith('/') || /^[A-Za-z]:[/\\]/.test(file) || file.startsWith('\\\\');

/** A `file:` URI as a path; anything else as it is. */
function plainPath(file: string): string {
  if (!/^file:/i.test(file)) return file;
  try {
    return fileURLToPath(file);
  } catch {
    // A host, a drive of another system, or a broken escape: good enough to show.
    return file.replace(/^file:\/{0,2}/i, '');
  }
}

/** A NUL ends a path for the system, so that what is checked would not be what is opened. */
const withoutNul = (file: string): string => file.replaceAll('\0', '');

/** What means a folder on another system means one here: it is resolved before anyone asks where it leads. */
const slashedHere = (file: string): string => (path.sep === '/' ? file.replaceAll('\\', '/') : file);

export function createSourcePaths(place: ToolPlace): SourcePaths {
  const { workspaces, cwd } = place;
  const [workspace] = workspaces;
  const usual = basesOf(place);
  const known = new Map<string, string>();

  /** The path relative to a workspace; null when it lies in none. */
  function inside(absolute: string): string | null {
    for (const folder of workspaces) {
      const relative = path.relative(folder, absolute);
      const leaves = relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
      if (relative !== '' && !leaves) return relative.replaceAll('\\', '/');
    }
    return null;
  }

  function find(file: string, bases: readonly string[]): string {
    const slashed = slashedHere(file);
    if (isRooted(slashed)) {
      const isForeign = path.sep === '/' && !slashed.startsWith('/');
      if (isForeign) return slashed.replaceAll('\\', '/');
      const normal = path.normalize(slashed);
      return inside(normal) ?? normal.replaceAll('\\', '/');
    }
    const candidates = bases.map((base) =>
      path.resolve(cwd ?? workspace, slashedHere(withoutNul(base)), slashed),
    );
    const found =
      candidates.length === 1
        ? candidates[0]!
        : candidates.find((candidate) => inside(candidate) !== null && existsSync(candidate));
    const chosen = found ?? path.resolve(cwd ?? workspace, slashed);
    return inside(chosen) ?? chosen.replaceAll('\\', '/');
  }

  return {
    of(file, bases = usual) {
      const key = bases === usual ? file : `${bases.join('\0')}\0${file}`;
      const same = known.get(key);
      if (same !== undefined) return same;
      const result = find(withoutNul(plainPath(file)), bases);
      if (known.size > 100_000) known.clear();
      known.set(key, result);
      return result;
    },
  };
}
