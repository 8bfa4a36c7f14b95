import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

/** What a file weighs on disk and on its way to a browser. */
export interface FileSizes {
  readonly bytes: number;
  readonly gzip: number;
  readonly brotli: number;
  /** Hex SHA-256. */
  readonly sha256: string;
}

/** Compresses as a server would that does it once: as well as it goes. */
export async function fileSizes(file: string): Promise<FileSizes> {
  const content = await readFile(file);
  const [zipped, tight] = await Promise.all([gzip(content, { level: 9 }), brotli(content)]);
  return {
    bytes: content.length,
    gzip: zipped.length,
    brotli: tight.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  };
}

export const sumOf = (all: readonly Omit<FileSizes, 'sha256'>[]): Omit<FileSizes, 'sha256'> => ({
  bytes: all.reduce((sum, one) => sum + one.bytes, 0),
  gzip: all.reduce((sum, one) => sum + one.gzip, 0),
  brotli: all.reduce((sum, one) => sum + one.brotli, 0),
});
