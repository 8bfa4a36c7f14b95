import { hash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { MAX_PACK_ENTRIES, type PackEntry, serializePackIndex } from './pack-index.ts';

/** Larger content is a blob of its own. */
export const PACKED_BYTES = 1 << 18;
/** Fewer are blobs of their own: who looks for a content looks into each pack. */
const FEW = 1_000;
/** What is gathered before it is written. */
const BUFFER_BYTES = 1 << 20;
/** What may wait to be written. */
const BUFFERS = 8;
/** A pack that has grown past this is closed, and another begun: when most of one is not needed, it is written anew. */
const PACK_BYTES = 1 << 28;

/** Reading is the caller's, and takes no promise for each file; writing goes on beside it. */
export interface PackWriter {
  /**
   * Adds what an open file holds, unless it is in there or `isStored`.
   * @param sizeBytes at most `PACKED_BYTES`; what the file has grown by since is left out
   * @throws the file system's errors
   */
  addFile(fd: number, sizeBytes: number, isStored: (content: Content) => boolean): Content;
  /** As `addFile`. */
  addBytes(bytes: Uint8Array): void;
  /** Null: add more. Else wait, as much is not yet written. @throws the file system's errors */
  rest(): Promise<void> | null;
  /** What was added since the last `finish`, and forgets it, when that is too little for a pack. */
  takeFew(): readonly Uint8Array[];
  /** Gives what was added its place, and forgets it. @throws the file system's errors */
  finish(): Promise<void>;
  /** Leaves nothing of what was added since the last `finish`. */
  discard(): Promise<void>;
}

/** What was added, whether it was new or not. */
export type Content = Pick<PackEntry, 'sha256' | 'sizeBytes'>;

interface OpenPack {
  readonly fd: number;
  readonly file: string;
}

const write = promisify(fs.write);

/** @param folder where packs lie; both are made when there is something to write */
export function createPackWriter(incoming: string, folder: string): PackWriter {
  const free: Buffer<ArrayBuffer>[] = [];
  const added = new Set<string>();
  const pending = new Set<Promise<void>>();
  const packs: OpenPack[] = [];
  let failure: { readonly error: unknown } | null = null;
  let pack: OpenPack | null = null;
  let entries: PackEntry[] = [];
  /** Bytes of contents in the pack; the last `buffered` of them are in the buffer. */
  let offset = 0;
  let buffered = 0;
  let buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES + PACKED_BYTES);

  function openPack(): OpenPack {
    fs.mkdirSync(incoming, { recursive: true, mode: 0o700 });
    const file = path.join(incoming, `${randomUUID()}.pack`);
    const opened = { file, fd: fs.openSync(file, 'wx', 0o600) };
    packs.push(opened);
    return opened;
  }

  function startWrite(bytes: Uint8Array, at: number, whenWritten?: () => void): void {
    pack ??= openPack();
    const writing = writeWhole(pack.fd, bytes, at)
      .then(whenWritten)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => pending.delete(writing));
    pending.add(writing);
  }

  function flush(): void {
    const full = buffer;
    startWrite(full.subarray(0, buffered), offset - buffered, () => free.push(full));
    buffer = free.pop() ?? Buffer.allocUnsafeSlow(full.length);
    buffered = 0;
  }

  function endPack(): void {
    if (entries.length === 0) return;
    flush();
    startWrite(serializePackIndex(entries), offset);
    forgetPack();
  }

  function forgetPack(): void {
    pack = null;
    entries = [];
    offset = 0;
    buffered = 0;
  }

  /** Keeps the bytes that follow what is in the buffer. */
  function keep({ sha256, sizeBytes }: Content): void {
    added.add(sha256);
    entries.push({ sha256, offset, sizeBytes });
    offset += sizeBytes;
    buffered += sizeBytes;
    if (offset >= PACK_BYTES || entries.length === MAX_PACK_ENTRIES) endPack();
    else if (buffered >= BUFFER_BYTES) flush();
  }

  async function settled(): Promise<void> {
    await Promise.all(pending);
    const failed = failure;
    if (failed !== null) throw failed.error;
  }

  return {
    addFile(source, maxBytes, isStored) {
      const sizeBytes = readInto(buffer, buffered, maxBytes, source);
      const sha256 = hash('sha256', buffer.subarray(buffered, buffered + sizeBytes));
      const content = { sha256, sizeBytes };
      if (!added.has(sha256) && !isStored(content)) keep(content);
      return content;
    },
    addBytes(bytes) {
      const content = { sha256: hash('sha256', bytes), sizeBytes: bytes.length };
      if (added.has(content.sha256)) return;
      buffer.set(bytes, buffered);
      keep(content);
    },
    rest: () => (pending.size < BUFFERS && failure === null ? null : settled()),
    takeFew() {
      if (packs.length > 0 || entries.length >= FEW) return [];
      const few = entries.map(({ offset: at, sizeBytes }) =>
        Buffer.from(buffer.subarray(at, at + sizeBytes)),
      );
      forgetPack();
      added.clear();
      return few;
    },
    async finish() {
      endPack();
      added.clear();
      await settled();
      if (packs.length > 0) fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (let next = packs[0]; next !== undefined; next = packs[0]) {
        packs.shift();
        fs.closeSync(next.fd);
        fs.renameSync(next.file, path.join(folder, path.basename(next.file)));
      }
    },
    async discard() {
      forgetPack();
      added.clear();
      await Promise.all(pending);
      for (const { fd, file } of packs.splice(0)) {
        fs.closeSync(fd);
        fs.rmSync(file, { force: true });
      }
    },
  };
}

/** @returns how many bytes there were, up to `maxBytes` */
function readInto(buffer: Buffer, start: number, maxBytes: number, fd: number): number {
  let sizeBytes = 0;
  for (let read = -1; sizeBytes < maxBytes && read !== 0; sizeBytes += read)
    read = fs.readSync(fd, buffer, start + sizeBytes, maxBytes - sizeBytes, null);
  return sizeBytes;
}

async function writeWhole(fd: number, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;)
    at += (await write(fd, bytes, at, bytes.length - at, position + at)).bytesWritten;
}
