import fsp from 'node:fs/promises';
import path from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import type { Issue, IssueSeverity } from '#shared/lib/issue.ts';
import { isInside, staysInside } from './inside-folder.ts';
import { linksAsFiles } from './links-as-files.ts';
import { realWorkspace } from './real-workspace.ts';
import { safeLinkTarget } from './safe-link-target.ts';

/** Something to be archived; `path` is relative to the workspace, with forward slashes. Folders come before their content. */
export type CacheEntry =
  | { readonly type: 'folder' | 'file'; readonly path: string }
  | { readonly type: 'link'; readonly path: string; readonly target: string };

export interface CacheEntries {
  readonly entries: readonly CacheEntry[];
  /** With one of severity `error` nothing may be archived. */
  readonly issues: readonly Issue[];
}

/** What restores in progress are called in a workspace. */
export const RESTORE_PREFIX = '.pipewright-restore-';

/**
 * Lists what lies at a cache's paths: files, folders with all their content, globs, less what `!` globs name. Hidden files
 * count. Links are kept as links when they stay in the workspace; sockets and the like are passed by.
 */
export async function findCacheEntries(
  workspace: string,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<CacheEntries> {
  const root = await realWorkspace(workspace);
  const found = new Map<string, CacheEntry>();
  const issues: Issue[] = [];
  const note = (code: string, severity: IssueSeverity, at: string, message: string, hint: string | null) => {
    issues.push({ code, severity, path: at, line: null, column: null, message, hint });
  };

  const included = patterns.filter((pattern) => !pattern.startsWith('!'));
  const excluded = new Set(await excludedBy(root, patterns));

  async function add(relative: string): Promise<void> {
    signal.throwIfAborted();
    if (found.has(relative) || excluded.has(relative)) return;
    if (relative.includes('\ufffd')) {
      note(
        'cache-name',
        'warning',
        relative,
        `Cache: ${relative} is left out: its name is no Unicode.`,
        null,
      );
      return;
    }
    const file = path.join(root, relative);
    const stats = await fsp.lstat(file).catch(() => null);
    if (stats?.isSymbolicLink()) {
      const target = safeLinkTarget(root, relative, await fsp.readlink(file));
      if (target !== null) found.set(relative, { type: 'link', path: relative, target });
      else {
        const message = `Cache: the link ${relative} leads out of the workspace.`;
        note('path-outside', 'error', relative, message, `Exclude it with "!${relative}".`);
      }
    } else if (stats?.isFile()) {
      found.set(relative, { type: 'file', path: relative });
    } else if (stats?.isDirectory()) {
      found.set(relative, { type: 'folder', path: relative });
      await addContent(relative);
    }
  }

  async function addContent(folder: string): Promise<void> {
    const children = await fsp.readdir(path.join(root, folder), { withFileTypes: true });
    children.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const child of children) {
      const relative = folder === '' ? child.name : `${folder}/${child.name}`;
      if (relative.startsWith(RESTORE_PREFIX)) continue;
      // What a folder says of its files spares a call for each.
      if (child.isFile() && !relative.includes('\ufffd') && !excluded.has(relative))
        found.set(relative, { type: 'file', path: relative });
      else await add(relative);
    }
  }

  for (const pattern of included) {
    if (!staysInside(pattern) || pattern === '~' || pattern.startsWith('~/')) {
      const message = `Cache: the path ${pattern} leaves the workspace.`;
      note('path-outside', 'error', pattern, message, 'Use a path relative to the workspace.');
      continue;
    }
    for (const relative of await expand(root, pattern)) {
      const place = await realPlace(root, relative);
      if (place === null) {
        const message = `Cache: ${relative} lies behind a link that leads out of the workspace.`;
        note('path-outside', 'error', relative, message, 'Use a path that needs no link.');
      } else if (place === '') await addContent('');
      else await add(place);
    }
  }
  return { entries: [...found.values()], issues };
}

async function excludedBy(root: string, patterns: readonly string[]): Promise<string[]> {
  const excludes = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  if (excludes.length === 0) return [];
  return matching(root, excludes, true);
}

/** A path that exists is itself even when it looks like a glob. */
async function expand(root: string, pattern: string): Promise<string[]> {
  const plain = path.posix.normalize(pattern.replaceAll(path.sep, '/')).replace(/(.)\/+$/, '$1');
  const exists = (await fsp.lstat(path.join(root, plain)).catch(() => null)) !== null;
  return exists || !isDynamicPattern(pattern) ? [plain] : matching(root, [pattern], false);
}

async function matching(root: string, patterns: string[], expandDirectories: boolean): Promise<string[]> {
  const options = { cwd: root, dot: true, onlyFiles: false, expandDirectories, fs: linksAsFiles };
  const paths = await glob(patterns, options);
  return paths.map((file) => file.replace(/\/$/, '')).toSorted();
}

/** The path without links on the way to it; null when that leads out. What does not exist is what it says. */
async function realPlace(root: string, relative: string): Promise<string | null> {
  if (relative === '.') return '';
  const parent = await fsp.realpath(path.join(root, path.posix.dirname(relative))).catch(() => null);
  if (parent === null) return relative;
  if (!isInside(root, parent)) return null;
  return path.relative(root, path.join(parent, path.posix.basename(relative))).replaceAll(path.sep, '/');
}
