import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSourceFile, findSourceFile, readSourceFile, writeSourceFile } from './source-file.ts';

const FILE = 'pipewright.yml';
const TEXT = '\uFEFFname: Shop\r\nstages: { a: { run: echo a } }\r\n';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'pipewright-source-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const place = (): string => path.join(dir, FILE);
const write = async (text: string, baseHash: string, overwrite = false) =>
  writeSourceFile({ projectDir: dir, file: FILE, text, baseHash, overwrite });

describe('a pipeline file', () => {
  it('is read and written with its byte order mark and its line ends', async () => {
    await writeFile(place(), TEXT);
    const source = await readSourceFile(dir, FILE);
    expect(source).toMatchObject({ text: TEXT, readOnly: null });
    const changed = TEXT.replace('echo a', 'echo b');
    const saved = await write(changed, source.hash);
    expect(await readFile(place(), 'utf8')).toBe(changed);
    expect(saved).toEqual({ status: 'saved', hash: (await readSourceFile(dir, FILE)).hash });
  });

  it('is not written over what somebody else wrote, unless that is asked for', async () => {
    await writeFile(place(), TEXT);
    const { hash } = await readSourceFile(dir, FILE);
    await writeFile(place(), 'name: Theirs\n');
    expect(await write('name: Mine\n', hash)).toMatchObject({
      status: 'changed',
      source: { text: 'name: Theirs\n' },
    });
    expect(await readFile(place(), 'utf8')).toBe('name: Theirs\n');
    expect(await write('name: Mine\n', hash, true)).toMatchObject({ status: 'saved' });
    expect(await readFile(place(), 'utf8')).toBe('name: Mine\n');
  });

  it('that is gone is told, and written again only when that is asked for', async () => {
    expect(await findSourceFile(dir, FILE)).toBeNull();
    expect(await write('name: Mine\n', 'none')).toEqual({ status: 'removed' });
    expect(await findSourceFile(dir, FILE)).toBeNull();
    expect(await write('name: Mine\n', 'none', true)).toMatchObject({ status: 'saved' });
    expect(await readFile(place(), 'utf8')).toBe('name: Mine\n');
  });

  it.skipIf(process.platform === 'win32')('keeps its permissions, and a link to it stays one', async () => {
    const real = path.join(dir, 'real.yml');
    await writeFile(real, 'name: Before\n');
    await chmod(real, 0o640);
    await symlink('real.yml', place());
    const { hash } = await readSourceFile(dir, FILE);
    await write('name: After\n', hash);
    expect(await readFile(real, 'utf8')).toBe('name: After\n');
    expect((await stat(real)).mode & 0o777).toBe(0o640);
  });

  it.skipIf(process.platform === 'win32')(
    'that is a link to outside of the project is read-only',
    async () => {
      const elsewhere = await mkdtemp(path.join(tmpdir(), 'pipewright-elsewhere-'));
      try {
        await writeFile(path.join(elsewhere, 'ours.yml'), TEXT);
        await symlink(path.join(elsewhere, 'ours.yml'), place());
        const { hash, readOnly } = await readSourceFile(dir, FILE);
        expect(readOnly).toContain('outside of the project');
        await expect(write('name: Mine\n', hash)).rejects.toMatchObject({ code: 'file-read-only' });
        expect(await readFile(path.join(elsewhere, 'ours.yml'), 'utf8')).toBe(TEXT);
      } finally {
        await rm(elsewhere, { recursive: true, force: true });
      }
    },
  );

  it('that is no text is shown as far as it goes, and cannot be written', async () => {
    await writeFile(place(), Buffer.from([0x61, 0xff, 0xfe, 0x62]));
    const { readOnly, hash } = await readSourceFile(dir, FILE);
    expect(readOnly).not.toBeNull();
    await expect(write('name: Mine\n', hash)).rejects.toMatchObject({ code: 'file-read-only' });
  });

  it('is made where the list of pipelines looks, and not over another', async () => {
    const made = await createSourceFile(dir, '.pipewright/release.yml', 'name: Release\n');
    expect(made).toMatchObject({ file: '.pipewright/release.yml', text: 'name: Release\n' });
    await expect(createSourceFile(dir, '.pipewright/release.yml', '')).rejects.toMatchObject({
      code: 'file-exists',
    });
    await expect(createSourceFile(dir, 'elsewhere/release.yml', '')).rejects.toMatchObject({ code: 'usage' });
  });

  it('outside of the project is neither read nor written', async () => {
    await expect(readSourceFile(dir, '../pipewright.yml')).rejects.toMatchObject({ code: 'path-outside' });
    await expect(
      writeSourceFile({
        projectDir: dir,
        file: '../pipewright.yml',
        text: '',
        baseHash: '',
        overwrite: true,
      }),
    ).rejects.toMatchObject({ code: 'path-outside' });
  });
});
