import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '#main/secrets/replace-file.ts';
import type { Saved, Source } from '#shared/api/source-schemas.ts';
import { AppError, toAppError } from '#shared/lib/app-error.ts';
import { isDiskFull, reasonOf, systemErrorCode } from '#shared/lib/system-error.ts';
import { decodeSource } from '#shared/pipeline/decode-source.ts';
import { insideProject, readSource } from './pipeline-files.ts';

/** Where a new pipeline file may stand, so that it is found again. */
const LISTED = /^(pipewright\.ya?ml|\.pipewright\/[^/\\:*?"<>|]+\.ya?ml)$/i;

/** A pipeline file as it is edited. @throws AppError `pipeline-not-found`, `path-outside` */
export async function readSourceFile(projectDir: string, file: string): Promise<Source> {
  const absolute = insideProject(projectDir, file);
  const bytes = await readSource(absolute);
  const decoded = decodeSource(bytes);
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (decoded.ok) return { file, text: decoded.text, hash, readOnly: await whyReadOnly(projectDir, file) };
  // What cannot be read without loss must not be written.
  const text = decoded.code === 'file-too-large' ? '' : new TextDecoder().decode(bytes);
  return { file, text, hash, readOnly: `${decoded.message}: ${decoded.hint}.` };
}

/** As `readSourceFile`; null while there is no such file. */
export async function findSourceFile(projectDir: string, file: string): Promise<Source | null> {
  try {
    return await readSourceFile(projectDir, file);
  } catch (error) {
    if (error instanceof AppError && error.code === 'pipeline-not-found') return null;
    throw error;
  }
}

export interface WriteRequest {
  readonly projectDir: string;
  readonly file: string;
  /** The whole file, byte order mark and line ends included. */
  readonly text: string;
  /** Of the file that the text was made from. */
  readonly baseHash: string;
  /** Writes whatever is there, and also when nothing is. */
  readonly overwrite: boolean;
}

/**
 * Replaces a file, at once or not at all. Its permissions stay, and a link to it stays one.
 * @returns what is there instead, when that is no longer what the text was made from
 * @throws AppError `file-read-only`, `file-not-written`, `disk-full`, `path-outside`
 */
export async function writeSourceFile(request: WriteRequest): Promise<Saved> {
  const { projectDir, file, text, baseHash, overwrite } = request;
  const absolute = insideProject(projectDir, file);
  const present = await findSourceFile(projectDir, file);
  if (present === null && !overwrite) return { status: 'removed' };
  if (present !== null && present.hash !== baseHash && !overwrite)
    return { status: 'changed', source: present };
  if (present?.readOnly != null) throw new AppError('file-read-only', present.readOnly);
  try {
    if (present === null) await writeNew(absolute, text);
    else await replace(await realpath(absolute), text);
  } catch (error) {
    throw notWritten(file, error);
  }
  return { status: 'saved', hash: createHash('sha256').update(text).digest('hex') };
}

/**
 * Makes a new pipeline file.
 * @throws AppError `file-exists`; `usage` for a name that the project's list would not show; those of `writeSourceFile`
 */
export async function createSourceFile(projectDir: string, file: string, text: string): Promise<Source> {
  if (!LISTED.test(file)) {
    throw new AppError('usage', `${file} is no place for a pipeline file.`, {
      hint: 'Name it pipewright.yml, or put it into .pipewright as NAME.yml.',
    });
  }
  try {
    await writeNew(insideProject(projectDir, file), text);
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') {
      throw new AppError('file-exists', `There is a file ${file} already.`, { hint: 'Choose another name.' });
    }
    throw notWritten(file, error);
  }
  return readSourceFile(projectDir, file);
}

async function writeNew(absolute: string, text: string): Promise<void> {
  await mkdir(path.dirname(absolute), { recursive: true });
  await writeFile(absolute, text, { flag: 'wx' });
}

async function replace(absolute: string, text: string): Promise<void> {
  const { mode } = await stat(absolute);
  try {
    await replaceFile(absolute, text, mode & 0o7777);
  } catch (error) {
    // A file that may be written in a folder that may not: there is no room for a second one.
    if (!['EACCES', 'EPERM', 'EROFS'].includes(systemErrorCode(error) ?? '')) throw error;
    const handle = await open(absolute, 'r+');
    try {
      const bytes = Buffer.from(text);
      await handle.write(bytes, 0, bytes.length, 0);
      await handle.truncate(bytes.length);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

async function whyReadOnly(projectDir: string, file: string): Promise<string | null> {
  const absolute = await realpath(path.resolve(projectDir, file));
  const relative = path.relative(await realpath(projectDir), absolute);
  if (relative.split(path.sep)[0] === '..' || path.isAbsolute(relative)) {
    return `${file} is a link to a file outside of the project: open that one to change it.`;
  }
  try {
    await access(absolute, constants.W_OK);
    return null;
  } catch {
    return `${file} is read-only: allow yourself to write it, or save the text elsewhere.`;
  }
}

function notWritten(file: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDiskFull(error)) return toAppError(error);
  return new AppError('file-not-written', `${file} could not be written: ${reasonOf(error)}.`, {
    cause: error,
  });
}
