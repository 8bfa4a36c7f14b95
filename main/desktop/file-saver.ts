import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';

interface OpenFile {
  readonly owner: number;
  readonly path: string;
  readonly partial: string;
  readonly handle: FileHandle;
}

/** Files being saved piece by piece; each belongs to the window that began it. */
export class FileSaver {
  readonly #files = new Map<string, OpenFile>();

  /** Opens a partial file beside `path`; `path` itself is untouched until the end. */
  async begin(owner: number, path: string): Promise<string> {
    const id = randomUUID();
    const partial = `${path}.${id.slice(0, 8)}.part`;
    this.#files.set(id, { owner, path, partial, handle: await open(partial, 'wx') });
    return id;
  }

  /** Pieces are written in the order of the calls when each is awaited. */
  async append(owner: number, id: string, bytes: Uint8Array): Promise<void> {
    await this.#get(owner, id).handle.writeFile(bytes);
  }

  /** Puts the file in place, or drops it. */
  async end(owner: number, id: string, keep: boolean): Promise<void> {
    const file = this.#get(owner, id);
    this.#files.delete(id);
    await file.handle.close();
    if (keep) await rename(file.partial, file.path);
    else await rm(file.partial, { force: true });
  }

  /** Drops what a window leaves unfinished when it goes. */
  async dropAll(owner: number): Promise<void> {
    const left = [...this.#files].filter(([, file]) => file.owner === owner);
    for (const [id] of left) await this.end(owner, id, false);
  }

  #get(owner: number, id: string): OpenFile {
    const file = this.#files.get(id);
    if (file?.owner !== owner) throw new Error('This file is no longer open.');
    return file;
  }
}

/** The last part of a suggested name without what a file name cannot hold on some system. */
export function safeFileName(suggested: string): string {
  const last = suggested.split(/[\\/]/).at(-1) ?? '';
  // Control characters, and those that Windows reserves.
  const cleaned = last.replace(/[\p{Cc}<>:"|?*]/gu, '_');
  const trimmed = cleaned.replace(/[. ]+$/, '').slice(0, 200);
  return trimmed === '' ? 'download' : trimmed;
}
