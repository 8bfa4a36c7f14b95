import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import { Readable } from 'node:stream';
import { COMMAND_FILES, type CommandFolder, MAX_COMMAND_FILE_BYTES } from '../command-files.ts';
import { runProcess } from '../container-process.ts';
import type { FileOwner } from './pack-folder.ts';
import { type ArchiveEntry, readArchive } from './read-archive.ts';

const REMOVE = 'cd -- "$1" && shift && rm -f -- "$@"';
const NAMES: ReadonlySet<string> = new Set(COMMAND_FILES);

/** The folder of a container whose daemon sees no files of this machine: all goes through the daemon. */
export function remoteCommandFolder(
  container: Docker.Container,
  seen: string,
  owner: FileOwner,
): CommandFolder {
  const remove = async (...names: readonly string[]): Promise<void> => {
    await runProcess(container, { args: ['sh', '-c', REMOVE, 'sh', seen, ...names], user: '0:0' });
  };
  return {
    seen,
    remove,
    async write(name, content) {
      const archive = pack();
      archive.entry({ name, mode: 0o600, ...owner }, content);
      archive.finalize();
      await container.putArchive(Readable.from(archive as AsyncIterable<Buffer>, { objectMode: false }), {
        path: seen,
      });
    },
    async read(name) {
      let text = '';
      await readArchive(container, `${seen}/${name}`, async (entry) => {
        text = await textOf(entry);
      });
      return text;
    },
    async take() {
      const files: Record<string, string> = {};
      await readArchive(container, seen, async (entry) => {
        const name = entry.header.name.split('/').slice(1).join('/');
        if (NAMES.has(name) && entry.header.type === 'file') files[name] = await textOf(entry);
      });
      const found = Object.keys(files);
      if (found.length > 0) await remove(...found);
      return files;
    },
  };
}

/** What is past the most that a command file may hold is read, too, so that the archive goes on. */
async function textOf({ content }: ArchiveEntry): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    if (bytes < MAX_COMMAND_FILE_BYTES) chunks.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(chunks).toString('utf8', 0, Math.min(bytes, MAX_COMMAND_FILE_BYTES));
}
