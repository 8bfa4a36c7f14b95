import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { pack, type Header } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { writeFiles } from './artifacts-fixture.ts';
import { blobFiles, cacheOf, codes, setUp } from './caches-fixture.ts';

describe('a cache never leaves the workspace', () => {
  it.each([[['../secret']], [['/etc']], [['a/../../x']], [['~/.npm']], [['behind/x']]])(
    'when its path is %s',
    async (paths) => {
      using at = setUp();
      writeFiles(at.dir, { secret: 'no', 'outside/x': 'no' });
      fs.symlinkSync(path.join(at.dir, 'outside'), path.join(at.workspace, 'behind'));
      const { saved, issues } = await at.save(cacheOf('k', paths));
      expect(saved).toBe(false);
      expect(issues).toMatchObject([{ code: 'path-outside', severity: 'error' }]);
      expect(blobFiles(at)).toEqual([]);
    },
  );

  it.each(['../../outside', '/etc/passwd', 'inner/../../../outside', '../..'])(
    'through a link to %s',
    async (to) => {
      using at = setUp();
      writeFiles(at.workspace, { 'node_modules/inner/x': 'x' });
      fs.symlinkSync(to, path.join(at.workspace, 'node_modules/link'));
      const { saved, issues } = await at.save(cacheOf('k'));
      expect({ saved, codes: codes(issues) }).toEqual({ saved: false, codes: ['path-outside'] });
      expect((await at.save(cacheOf('k', ['node_modules', '!node_modules/link']))).saved).toBe(true);
    },
  );

  /** Stores an archive that we would not write and answers with what restoring it says. */
  async function restoreHostile(
    at: ReturnType<typeof setUp>,
    entries: readonly (Partial<Header> & { name: string })[],
  ) {
    const archive = pack();
    for (const entry of entries) {
      if (entry.type === undefined) archive.entry({ ...entry }, 'hostile');
      else archive.entry({ ...entry });
    }
    archive.finalize();
    const parts: Buffer[] = [];
    for await (const part of archive as AsyncIterable<Buffer>) parts.push(part);
    const blob = await at.blobs.putBytes(zlib.zstdCompressSync(Buffer.concat(parts)));
    at.store.caches.add('project', '["node_modules"]', 'k', blob);
    return at.restore(cacheOf('k'));
  }

  const fine = { name: 'node_modules/fine' };
  it.each([
    ['a name that climbs', [fine, { name: 'node_modules/../../escaped' }]],
    ['an absolute name', [fine, { name: '/tmp/pipewright-escaped' }]],
    ['a link that leads out', [fine, { name: 'l', type: 'symlink', linkname: '../escaped' }]],
    ['an absolute link', [fine, { name: 'l', type: 'symlink', linkname: '/etc' }]],
    [
      'a link through a link',
      [
        { name: 'up', type: 'symlink', linkname: '.' },
        { name: 'l', type: 'symlink', linkname: 'up/../escaped' },
      ],
    ],
    ['a file behind a link', [{ name: 'd', type: 'symlink', linkname: 'x' }, { name: 'd/escaped' }]],
    ['a file over a link', [{ name: 'd', type: 'symlink', linkname: 'x' }, { name: 'd' }]],
    ['a hard link', [fine, { name: 'h', type: 'link', linkname: '/etc/passwd' }]],
    ['a device', [{ name: 'dev', type: 'character-device', devmajor: 1, devminor: 3 }]],
    ['one file twice', [fine, fine]],
  ] as const)('when an archive has %s: it is a miss, and nothing is written', async (_what, entries) => {
    using at = setUp();
    const before = fs.readdirSync(at.dir);
    const { hit, issues } = await restoreHostile(at, entries);
    expect(hit).toBeNull();
    expect(codes(issues)).toEqual(['cache-damaged']);
    expect(fs.readdirSync(at.target)).toEqual([]);
    expect(fs.readdirSync(at.dir)).toEqual(before);
    expect(fs.existsSync('/tmp/pipewright-escaped')).toBe(false);
    expect((await at.restore(cacheOf('k'))).issues).toEqual([]);
  });
});

describe('a damaged archive', () => {
  const damages: Record<string, (bytes: Buffer) => Buffer | null> = {
    'a flipped bit': (bytes) => {
      bytes[Math.floor(bytes.length / 2)]! ^= 1;
      return bytes;
    },
    'a missing end': (bytes) => bytes.subarray(0, bytes.length - 20),
    'other, sound content': (bytes) =>
      zlib.zstdCompressSync(zlib.zstdDecompressSync(bytes), {
        params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 },
      }),
    'no content': () => Buffer.alloc(0),
    'no file': () => null,
  };
  it.each(Object.entries(damages))(
    'with %s is a miss that leaves no trace, and is saved anew',
    async (_what, damage) => {
      using at = setUp();
      for (let index = 0; index < 50; index += 1) {
        writeFiles(at.workspace, { [`node_modules/${index}`]: `${index} `.repeat(5_000) });
      }
      await at.save(cacheOf('k'));
      const [file] = blobFiles(at) as [string];
      const damaged = damage(fs.readFileSync(file));
      if (damaged === null) fs.rmSync(file);
      else fs.writeFileSync(file, damaged);
      const { hit, issues } = await at.restore(cacheOf('k'));
      expect({ hit, codes: codes(issues) }).toEqual({ hit: null, codes: ['cache-damaged'] });
      expect(fs.readdirSync(at.target)).toEqual([]);
      expect((await at.save(cacheOf('k'))).saved).toBe(true);
      expect((await at.restore(cacheOf('k'))).hit?.exact).toBe(true);
    },
  );
});
