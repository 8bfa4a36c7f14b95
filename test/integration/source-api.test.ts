import {
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Draft, Saved, Source } from '#shared/api/source-schemas.ts';
import { type ApiError, type ApiFixture, createApiFixture } from './api-fixture.ts';

const SHOP = 'name: Shop\nstages:\n  a: { run: echo a }\n';

const sourceOf = ({ projectId, file }: ApiFixture, name: string = file): string =>
  `/projects/${projectId}/source?file=${encodeURIComponent(name)}`;
const at = (api: ApiFixture, noun: string): string =>
  `/projects/${api.projectId}/${noun}?file=${encodeURIComponent(api.file)}`;

async function read(api: ApiFixture, name?: string): Promise<Source> {
  return (await api.call<Source>('GET', sourceOf(api, name))).body;
}

const save = (api: ApiFixture, body: object) =>
  api.call<Saved>('PUT', `/projects/${api.projectId}/source`, { file: api.file, ...body });

it('reads every character of a file, and writes them back', async () => {
  await using api = await createApiFixture(SHOP);
  const text = '\uFEFFname: Shöp 🛒\r\nstages: {}\n';
  api.write('pipewright.yml', text);
  const source = await read(api);
  expect(source).toMatchObject({ text, readOnly: null });
  const { body } = await save(api, { text: text.replace('Shöp', 'Größe'), baseHash: source.hash });
  expect(body.status).toBe('saved');
  const onDisk = readFileSync(path.join(api.projectDir, 'pipewright.yml'), 'utf8');
  expect(onDisk).toBe(text.replace('Shöp', 'Größe'));
  expect(await read(api)).toMatchObject({ hash: body.status === 'saved' && body.hash });
});

it('does not write over a file that has changed or gone, unless it is told to', async () => {
  await using api = await createApiFixture(SHOP);
  const { hash } = await read(api);
  const theirs = SHOP.replace('Shop', 'Store');
  api.write('pipewright.yml', theirs);
  const mine = { text: `# mine\n${SHOP}`, baseHash: hash };
  expect((await save(api, mine)).body).toMatchObject({ status: 'changed', source: { text: theirs } });
  expect((await read(api)).text).toBe(theirs);
  rmSync(path.join(api.projectDir, 'pipewright.yml'));
  expect((await save(api, mine)).body).toEqual({ status: 'removed' });
  expect((await save(api, { ...mine, overwrite: true })).body.status).toBe('saved');
  expect((await read(api)).text).toBe(mine.text);
});

it.skipIf(process.platform === 'win32')(
  'keeps the permissions of a file and a link to it, and leaves nothing beside it',
  async () => {
    await using api = await createApiFixture(SHOP);
    const target = path.join(api.projectDir, 'real.yml');
    writeFileSync(target, SHOP);
    chmodSync(target, 0o664);
    symlinkSync('real.yml', path.join(api.projectDir, 'link.yml'));
    const { hash } = await read(api, 'link.yml');
    expect((await save(api, { file: 'link.yml', text: 'name: x\n', baseHash: hash })).body.status).toBe(
      'saved',
    );
    expect(lstatSync(path.join(api.projectDir, 'link.yml')).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('name: x\n');
    expect(statSync(target).mode & 0o777).toBe(0o664);
    expect(readdirSync(api.projectDir).sort()).toEqual(['link.yml', 'pipewright.yml', 'real.yml']);
  },
);

it.skipIf(process.platform === 'win32')('refuses to write a link that leads out of the project', async () => {
  await using api = await createApiFixture(SHOP);
  const outside = path.join(api.projectDir, '..', 'outside.yml');
  writeFileSync(outside, SHOP);
  symlinkSync(outside, path.join(api.projectDir, 'out.yml'));
  const { hash, readOnly } = await read(api, 'out.yml');
  expect(readOnly).toBe('out.yml is a link to a file outside of the project: open that one to change it.');
  const refused = await save(api, { file: 'out.yml', text: 'x', baseHash: hash, overwrite: true });
  expect((refused.body as unknown as ApiError).data.code).toBe('file-read-only');
  expect(readFileSync(outside, 'utf8')).toBe(SHOP);
});

it('shows a file that is no UTF-8, and does not let it be written', async () => {
  await using api = await createApiFixture(SHOP);
  const bytes = Buffer.from([0x6e, 0x3a, 0x20, 0xff, 0x0a]);
  writeFileSync(path.join(api.projectDir, 'pipewright.yml'), bytes);
  const { text, hash, readOnly } = await read(api);
  expect(text).toBe('n: \uFFFD\n');
  expect(readOnly).toBe('The file is not valid UTF-8: save it as UTF-8.');
  const refused = await save(api, { text, baseHash: hash });
  expect((refused.body as unknown as ApiError).data.code).toBe('file-read-only');
  expect(readFileSync(path.join(api.projectDir, 'pipewright.yml'))).toEqual(bytes);
});

it.each(['../x.yml', '/tmp/x.yml', 'package.json', '.pipewright/../../x.yml'])(
  'neither reads nor writes %s',
  async (file) => {
    await using api = await createApiFixture(SHOP);
    const refused = await api.call<ApiError>('GET', sourceOf(api, file));
    expect(refused.body.data.code).toBe('path-outside');
    const notSaved = await save(api, { file, text: 'x', baseHash: '', overwrite: true });
    expect((notSaved.body as unknown as ApiError).data.code).toBe('path-outside');
  },
);

it('makes a new file where the project lists it, and never over another', async () => {
  await using api = await createApiFixture(SHOP);
  const create = (file: string) =>
    api.call<Source & ApiError>('POST', `/projects/${api.projectId}/source`, { file, text: SHOP });
  expect((await create('.pipewright/deploy.yml')).body).toMatchObject({ text: SHOP, readOnly: null });
  expect((await create('.pipewright/deploy.yml')).body).toMatchObject({
    message: 'There is a file .pipewright/deploy.yml already.',
    data: { code: 'file-exists' },
  });
  expect((await create('ci/deploy.yml')).body.data.code).toBe('usage');
  expect((await create('.pipewright/sub/deploy.yml')).body.data.code).toBe('usage');
});

it('tells at once what is on disk, and again when it changes, goes and comes back', async () => {
  await using api = await createApiFixture(SHOP);
  const end = new AbortController();
  const changes = api.stream<{ source: Source | null }>(
    `/projects/${api.projectId}/source/changes?file=${api.file}`,
    end.signal,
  );
  const next = async () => ((await changes.next()).value as { source: Source | null }).source;
  expect((await next())?.text).toBe(SHOP);
  api.write('pipewright.yml', 'name: other\n');
  expect((await next())?.text).toBe('name: other\n');
  rmSync(path.join(api.projectDir, 'pipewright.yml'));
  expect(await next()).toBeNull();
  api.write('pipewright.yml', SHOP);
  expect((await next())?.text).toBe(SHOP);
  end.abort();
  await changes.return();
});

it('keeps drafts in the data folder until they are removed', async () => {
  await using api = await createApiFixture(SHOP);
  const draft: Draft = { text: `${SHOP}# mine\n`, baseText: SHOP, baseHash: 'h', savedAt: 1 };
  const get = async () => (await api.call<{ draft: Draft | null }>('GET', at(api, 'draft'))).body.draft;
  expect(await get()).toBeNull();
  await api.call('PUT', `/projects/${api.projectId}/draft`, { file: api.file, draft });
  expect(await get()).toEqual(draft);
  expect(readdirSync(api.projectDir)).toEqual(['pipewright.yml']);
  await api.call('DELETE', `/projects/${api.projectId}/draft`, { file: api.file });
  expect(await get()).toBeNull();
});

it('keeps the places of stages in a side file, which goes with the last of them', async () => {
  await using api = await createApiFixture(SHOP);
  const set = (places: object) =>
    api.call('PUT', `/projects/${api.projectId}/layout`, { file: api.file, places });
  const side = path.join(api.projectDir, '.pipewright/layout/pipewright.yml.json');
  await set({ '': { b: { x: 1, y: 2 }, a: { x: 3, y: 4 } } });
  expect(readFileSync(side, 'utf8')).toMatch(/"a"[^]*"b"[^]*\n$/);
  expect((await api.call('GET', at(api, 'layout'))).body).toEqual({
    '': { a: { x: 3, y: 4 }, b: { x: 1, y: 2 } },
  });
  expect((await read(api)).text).toBe(SHOP);
  writeFileSync(side, '<<<<<<< HEAD');
  expect((await api.call('GET', at(api, 'layout'))).body).toEqual({});
  await set({ '': {} });
  expect(existsSync(path.dirname(side))).toBe(false);
});

it('reads files that a pipeline may include, and no others', async () => {
  await using api = await createApiFixture(SHOP);
  api.write('ci/base.yml', SHOP);
  const included = async (file: string) => {
    const url = `/projects/${api.projectId}/included?path=${encodeURIComponent(file)}`;
    return (await api.call<{ text: string | null }>('GET', url)).body.text;
  };
  expect(await included('ci/base.yml')).toBe(SHOP);
  expect(await included('ci/missing.yml')).toBeNull();
  expect(await included('../outside.yml')).toBeNull();
});
