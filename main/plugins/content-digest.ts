import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readlink, lstat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';

/** A plugin of more is not copied for every use. */
const MAX_FILES = 50_000;

/** What a folder's digest is made of, in order: each file once, links by where they lead. */
export interface ContentEntry {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly kind: 'file' | 'link';
}

/**
 * The files of a plugin, sorted by path; `.git` is no part of it.
 * @throws AppError `plugin-invalid`: a link that leads out, something that is no file, too many files
 */
export async function listContent(dir: string): Promise<readonly ContentEntry[]> {
  const entries: ContentEntry[] = [];
  const visit = async (below: string): Promise<void> => {
    for (const entry of await readdir(path.join(dir, below), { withFileTypes: true })) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.name === '.git') continue;
      if (entry.isDirectory()) await visit(name);
      else if (entry.isFile()) entries.push({ path: name, kind: 'file' });
      else if (entry.isSymbolicLink()) {
        await checkLink(dir, name);
        entries.push({ path: name, kind: 'link' });
      } else throw refused(`${name} is neither a file nor a link`);
      if (entries.length > MAX_FILES) throw refused(`it has more than ${MAX_FILES} files`);
    }
  };
  await visit('');
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @returns `sha256:` and hexadecimal digits; the same on every machine for the same names, modes and content */
export async function contentDigest(dir: string): Promise<string> {
  const hash = createHash('sha256');
  for (const { path: name, kind } of await listContent(dir)) {
    const absolute = path.join(dir, name);
    if (kind === 'link') hash.update(`link ${name}\0${await readlink(absolute)}\0`);
    else {
      const { mode } = await lstat(absolute);
      // Windows has no such bit: what is executable there is told by its name.
      const isExecutable = process.platform !== 'win32' && (mode & 0o100) !== 0;
      hash.update(`${isExecutable ? 'exec' : 'file'} ${name}\0${await fileDigest(absolute)}\0`);
    }
  }
  return `sha256:${hash.digest('hex')}`;
}

async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function checkLink(dir: string, name: string): Promise<void> {
  const target = await readlink(path.join(dir, name));
  const leads = path.resolve(path.dirname(path.join(dir, name)), target);
  const relative = path.relative(dir, leads);
  if (path.isAbsolute(target) || relative.split(path.sep)[0] === '..' || path.isAbsolute(relative))
    throw refused(`the link ${name} leads out of it`);
}

const refused = (why: string): AppError =>
  new AppError('plugin-invalid', `The plugin cannot be used: ${why}.`, {
    hint: 'A plugin holds plain files, folders and links between them.',
  });
