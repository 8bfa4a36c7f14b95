import { createHash } from 'node:crypto';
import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pack, type Pack } from 'tar-stream';
import { readDockerIgnore } from './docker-ignore.ts';

/** What an image is made of. */
export interface ImageBuild {
  /** Absolute. */
  readonly contextDir: string;
  /** Absolute; it may lie outside of the context. */
  readonly dockerfile: string;
  readonly args: Readonly<Record<string, string>>;
  /** The stage of the Dockerfile; null: the last one. */
  readonly target: string | null;
}

/** What goes to the daemon, and what it is called there. */
export interface BuildContext {
  /** Hex SHA-256 over all that decides what comes out. */
  readonly digest: string;
  /** Of the Dockerfile. */
  readonly text: string;
  /** Where the Dockerfile stands in the archive. */
  readonly dockerfile: string;
  /** The archive; read once. */
  pack(): Readable;
}

/** What a Dockerfile that is no file of the context is called there; no file of a project is called that. */
const PACKED_DOCKERFILE = '.pipewright.Dockerfile';

/**
 * Reads what a build needs: files of the context that `.dockerignore` does not leave out, never `.git`, and none when
 * the Dockerfile copies none.
 * @throws the file system's errors
 */
export async function readBuildContext(build: ImageBuild, signal: AbortSignal): Promise<BuildContext> {
  const text = await readFile(build.dockerfile, 'utf8');
  const files = copiesFiles(text) ? await listFiles(build, signal) : [];
  const hash = createHash('sha256');
  const { args, target } = build;
  hash.update(JSON.stringify([1, text, Object.entries(args).sort(), target]));
  for (const file of files) {
    signal.throwIfAborted();
    const content = await contentOf(build.contextDir, file);
    hash.update(`\n${JSON.stringify([file.name, isTool(file.stats)])} ${content.length}\n`);
    hash.update(content);
  }
  const own = path.relative(build.contextDir, build.dockerfile).replaceAll(path.sep, '/');
  const isPacked = files.some(({ name }) => name === own);
  return {
    digest: hash.digest('hex'),
    text,
    dockerfile: isPacked ? own : PACKED_DOCKERFILE,
    pack() {
      const archive = pack();
      if (!isPacked) archive.entry({ name: PACKED_DOCKERFILE }, text);
      void fill(archive, build.contextDir, files, signal).catch((error: unknown) =>
        archive.destroy(error as Error),
      );
      return Readable.from(archive as AsyncIterable<Buffer>, { objectMode: false });
    },
  };
}

interface ContextFile {
  /** Relative, with forward slashes. */
  readonly name: string;
  readonly stats: Stats;
}

/** Windows does not know which files are programs; Docker lets all be there. */
const isTool = (stats: Stats): boolean => process.platform === 'win32' || (stats.mode & 0o111) !== 0;

/** Whether an instruction takes something out of the context; what another stage has made is no part of it. */
function copiesFiles(dockerfile: string): boolean {
  return dockerfile
    .split('\n')
    .some((line) => /^\s*(?:ONBUILD\s+)?(?:COPY|ADD)\s+(?!.*--from=)|--mount=.*type=bind/i.test(line));
}

async function listFiles(
  { contextDir, dockerfile }: ImageBuild,
  signal: AbortSignal,
): Promise<ContextFile[]> {
  const ignore = readDockerIgnore(
    (await readIfThere(`${dockerfile}.dockerignore`)) ??
      (await readIfThere(path.join(contextDir, '.dockerignore'))) ??
      '',
  );
  const files: ContextFile[] = [];
  const visit = async (folder: string): Promise<void> => {
    signal.throwIfAborted();
    const entries = await readdir(path.join(contextDir, folder), { withFileTypes: true });
    for (const entry of entries.sort(byName)) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (name === '.git') continue;
      if (entry.isDirectory()) {
        if (!ignore.leavesOutAll(name)) await visit(name);
      } else if ((entry.isFile() || entry.isSymbolicLink()) && !ignore.leavesOut(name))
        files.push({ name, stats: await lstat(path.join(contextDir, name)) });
    }
  };
  await visit('');
  return files;
}

const byName = (one: Dirent, other: Dirent): number =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function contentOf(root: string, { name, stats }: ContextFile): Promise<Buffer> {
  const file = path.join(root, name);
  return stats.isSymbolicLink() ? Buffer.from(`link ${await readlink(file)}`) : readFile(file);
}

async function fill(
  archive: Pack,
  root: string,
  files: readonly ContextFile[],
  signal: AbortSignal,
): Promise<void> {
  for (const file of files) {
    signal.throwIfAborted();
    const { name, stats } = file;
    const mode = isTool(stats) ? 0o755 : 0o644;
    if (stats.isSymbolicLink()) {
      const linkname = (await readlink(path.join(root, name))).replaceAll(path.sep, '/');
      archive.entry({ name, type: 'symlink', linkname });
      continue;
    }
    const content = await readFile(path.join(root, name));
    await new Promise<void>((resolve, reject) => {
      archive.entry({ name, mode, size: content.length }, content, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  }
  archive.finalize();
}
