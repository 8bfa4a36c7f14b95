import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import { AppError } from '#shared/lib/app-error.ts';

type Entry = Extract extends AsyncIterable<infer One> ? One : never;

export interface UnpackLimits {
  /** Of the archive without its compression. */
  readonly bytes: number;
  readonly files: number;
}

/** No plugin comes near these; an archive that is made to fill a disk does. */
const LIMITS: UnpackLimits = { bytes: 256 << 20, files: 50_000 };

/**
 * Writes the files of a packed npm package into an empty folder, without the folder that all of them lie in. Nothing is
 * written elsewhere, whatever the archive says: it is refused when a name leads out or it has anything but files and folders.
 * @param target absolute; it is there
 * @throws AppError `plugin-invalid`; the signal's reason
 */
export async function unpackPackage(
  file: string,
  target: string,
  signal?: AbortSignal,
  limits: UnpackLimits = LIMITS,
): Promise<void> {
  let files = 0;
  const archive = extract();
  const write = async (): Promise<void> => {
    for await (const entry of archive) {
      files += 1;
      if (files > limits.files) throw refused(`it has more than ${limits.files} files`);
      await writeEntry(entry, target);
    }
  };
  try {
    await Promise.all([
      pipeline(createReadStream(file), createGunzip(), atMost(limits.bytes), archive, { signal }),
      write(),
    ]);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw refused(`its archive is broken (${reason})`, error);
  }
}

async function writeEntry(entry: Entry, target: string): Promise<void> {
  const { name, type, mode } = entry.header;
  if (type !== 'file' && type !== 'directory')
    throw refused(`${quoted(name)} is neither a file nor a folder`);
  if (!staysInside(name)) throw refused(`${quoted(name)} leads out of it`);
  const inner = name.split('/').slice(1).join('/');
  if (inner === '') {
    entry.resume();
    return;
  }
  const at = path.join(target, inner);
  if (type === 'directory') {
    await mkdir(at, { recursive: true });
    entry.resume();
    return;
  }
  await mkdir(path.dirname(at), { recursive: true });
  await pipeline(entry, createWriteStream(at, { mode: (mode & 0o100) === 0 ? 0o644 : 0o755 }));
}

/** A drive, a stream of a file and `\` mean something on Windows alone; a package for all has none of them. */
function staysInside(name: string): boolean {
  return !/^\/|[\\:\0]/.test(name) && !name.split('/').includes('..');
}

function atMost(bytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > bytes) done(refused(`it unpacks to more than ${Math.floor(bytes / (1 << 20))} MiB`));
      else done(null, chunk);
    },
  });
}

const quoted = (name: string): string => JSON.stringify(name.slice(0, 200));

const refused = (why: string, cause?: unknown): AppError =>
  new AppError('plugin-invalid', `The package cannot be used: ${why}.`, {
    hint: 'Look at who publishes it.',
    ...(cause !== undefined && { cause }),
  });
