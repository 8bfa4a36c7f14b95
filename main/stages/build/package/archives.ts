import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type AsyncZippable, zip } from 'fflate';
import { pack, type Pack } from 'tar-stream';
import type { KindContext } from '#main/engine/kind-ports.ts';
import type { Packer, PackWish } from './packer.ts';

/** The same in every archive of the same files: no users, only the mode that says whether something is a program. */
const modeOf = (mode: number): number => ((mode & 0o111) === 0 ? 0o644 : 0o755);
const insideOf = ({ prefix }: PackWish, file: string): string => (prefix === '' ? file : `${prefix}/${file}`);

/** A tar archive with gzip: sorted, without users, all of one time. */
export const packTar: Packer = async (context, wish, { dir }) => {
  const file = `${wish.name}.tar.gz`;
  const archive = pack();
  const filling = fill(archive, context, wish);
  // The stream fails with it.
  filling.catch((error: unknown) => archive.destroy(error as Error));
  const target = createWriteStream(path.join(dir, file));
  await pipeline(archive, createGzip({ level: 9 }), target, { signal: context.signal });
  await filling;
  return { file, contents: wish.files.map((one) => insideOf(wish, one)) };
};

async function fill(archive: Pack, { cwd }: KindContext, wish: PackWish): Promise<void> {
  for (const file of wish.files) {
    const full = path.join(cwd, file);
    const { size, mode } = await stat(full);
    const header = {
      name: insideOf(wish, file),
      size,
      mode: modeOf(mode),
      mtime: new Date(wish.epoch * 1_000),
    };
    await pipeline(createReadStream(full), archive.entry({ ...header, uid: 0, gid: 0 }));
  }
  archive.finalize();
}

/** The oldest time that a zip archive can hold. */
const OLDEST_MS = Date.UTC(1980, 0, 1);
const UNIX = 3;

/** A zip archive: sorted, all of one time. */
export const packZip: Packer = async ({ cwd }, wish, { dir }) => {
  const file = `${wish.name}.zip`;
  const at = new Date(Math.max(OLDEST_MS, wish.epoch * 1_000));
  // Zip has local times; it is to be the same archive in every zone.
  const mtime = new Date(at.getTime() + at.getTimezoneOffset() * 60_000);
  const entries: AsyncZippable = {};
  for (const one of wish.files) {
    const full = path.join(cwd, one);
    const attrs = ((0o100000 | modeOf((await stat(full)).mode)) << 16) >>> 0;
    entries[insideOf(wish, one)] = [await readFile(full), { mtime, os: UNIX, attrs, level: 9 }];
  }
  const bytes = await new Promise<Uint8Array>((resolve, reject) => {
    zip(entries, (error, data) => (error ? reject(error) : resolve(data)));
  });
  await writeFile(path.join(dir, file), bytes);
  return { file, contents: Object.keys(entries) };
};
