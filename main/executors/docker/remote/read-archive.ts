import { extract, type Header } from 'tar-stream';
import type Docker from 'dockerode';
import { isNotFound } from '../docker-error.ts';

/** What an archive holds, one after the other; `content` must be read to its end, or not at all. */
export interface ArchiveEntry {
  readonly header: Header;
  readonly content: AsyncIterable<Buffer>;
}

/**
 * Reads what a container has at an absolute path, file or folder: names begin with the last part of the path.
 * @param each is waited for before the next one
 * @returns false when there is nothing there
 * @throws whatever the daemon or `each` does, Error when the archive is cut. Rejects with the signal's reason when it aborts
 */
export async function readArchive(
  container: Docker.Container,
  path: string,
  each: (entry: ArchiveEntry) => Promise<void>,
  signal?: AbortSignal,
): Promise<boolean> {
  let source: NodeJS.ReadableStream;
  try {
    const options = { path, ...(signal === undefined ? {} : { abortSignal: signal }) };
    source = await container.getArchive(options);
  } catch (error) {
    signal?.throwIfAborted();
    if (isNotFound(error)) return false;
    throw error;
  }
  const archive = extract();
  const feeding = feed(source, archive).catch((error: unknown) => archive.destroy(error as Error));
  try {
    for await (const entry of archive) {
      signal?.throwIfAborted();
      await each({ header: entry.header, content: entry as AsyncIterable<Buffer> });
      entry.resume();
    }
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    archive.destroy();
    (source as NodeJS.ReadableStream & { destroy(): void }).destroy();
    await feeding;
  }
}

async function feed(source: NodeJS.ReadableStream, archive: ReturnType<typeof extract>): Promise<void> {
  for await (const chunk of source) {
    if (archive.destroyed) return;
    if (archive.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        archive.off('drain', go);
        archive.off('close', go);
        resolve();
      };
      archive.on('drain', go);
      archive.on('close', go);
    });
  }
  archive.end(null);
}
