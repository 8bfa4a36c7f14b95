import { constants, type Dirent, existsSync, statSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import { reasonOf, systemErrorCode } from '#shared/lib/system-error.ts';
import { MAX_FILE_BYTES } from '#shared/pipeline/limits.ts';

const MAIN_FILES = ['pipewright.yml', 'pipewright.yaml'] as const;
const FOLDER = '.pipewright';
/** Opening a pipe would wait for whoever writes to it. Windows has no such flag, and no such files. */
const OPEN_FLAGS = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);
const EXTENSION = /\.ya?ml$/i;

/** The pipeline files of a project, relative to it with forward slashes: the main one first, then those of `.pipewright`. */
export async function listPipelineFiles(projectDir: string): Promise<string[]> {
  const main = MAIN_FILES.filter((file) => existsSync(path.join(projectDir, file)));
  const entries = await readdir(path.join(projectDir, FOLDER), { withFileTypes: true }).catch(
    (): Dirent[] => [],
  );
  const others = entries
    .filter((entry) => !entry.isDirectory() && EXTENSION.test(entry.name))
    .map((entry) => `${FOLDER}/${entry.name}`)
    .sort();
  return [...main, ...others];
}

/**
 * The pipeline file that a command line means, as runs name it: relative to the project where it lies inside it.
 * @param wanted looked for in the project, then where the user stands; without it, the project's main file or its only one
 * @throws AppError `project-not-found`; `pipeline-not-found`, with the files there are
 */
export async function choosePipelineFile(projectDir: string, cwd: string, wanted?: string): Promise<string> {
  if (!(statSync(projectDir, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
    throw new AppError('project-not-found', `There is no folder ${projectDir}.`, {
      hint: 'Choose the project with --project DIR.',
    });
  }
  if (wanted !== undefined) {
    const found = [path.resolve(projectDir, wanted), path.resolve(cwd, wanted)].find((file) =>
      existsSync(file),
    );
    if (found !== undefined) return nameOf(projectDir, found);
    throw notFound(`There is no file ${wanted} in ${projectDir}.`, await listPipelineFiles(projectDir));
  }
  const files = await listPipelineFiles(projectDir);
  const [first, ...others] = files;
  if (first !== undefined && (others.length === 0 || !first.startsWith(`${FOLDER}/`))) return first;
  if (first === undefined) {
    throw new AppError('pipeline-not-found', `There is no pipeline file in ${projectDir}.`, {
      hint: 'Make a pipewright.yml there, name a file, or choose the project with --project DIR.',
    });
  }
  throw notFound(`${projectDir} has several pipeline files and no pipewright.yml.`, files);
}

/** Where a pipeline file lies. @throws AppError `path-outside` for one that leaves the project */
export function insideProject(projectDir: string, file: string): string {
  const absolute = path.resolve(projectDir, file);
  const relative = path.relative(projectDir, absolute);
  if (relative.startsWith('..') || path.isAbsolute(relative) || !EXTENSION.test(file)) {
    throw new AppError('path-outside', `${file} is no pipeline file of this project.`);
  }
  return absolute;
}

/** At most one byte more than a pipeline file may have, so that a huge file is refused without being read. */
export async function readSource(absolute: string): Promise<Uint8Array> {
  let handle;
  try {
    handle = await open(absolute, OPEN_FLAGS);
    const stats = await handle.stat();
    if (!stats.isFile()) {
      const what = stats.isDirectory() ? 'a folder' : 'no file but a pipe, a socket or a device';
      throw new AppError('pipeline-not-found', `${absolute} is ${what}.`, { hint: 'Name a YAML file.' });
    }
    const bytes = Buffer.allocUnsafe(Math.min(MAX_FILE_BYTES + 1, Math.max(4_096, stats.size + 1)));
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      length += bytesRead;
      if (bytesRead === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = systemErrorCode(error) === 'ENOENT' ? 'it does not exist' : reasonOf(error);
    throw new AppError('pipeline-not-found', `${absolute} cannot be read: ${reason}.`, { cause: error });
  } finally {
    await handle?.close();
  }
}

function nameOf(projectDir: string, absolute: string): string {
  const relative = path.relative(projectDir, absolute);
  if (relative.startsWith('..') || path.isAbsolute(relative)) return absolute;
  return relative.split(path.sep).join('/');
}

function notFound(message: string, files: readonly string[]): AppError {
  const hint = files.length === 0 ? 'See `pipewright run --help`.' : `There is ${files.join(', ')}.`;
  return new AppError('pipeline-not-found', message, { hint });
}
