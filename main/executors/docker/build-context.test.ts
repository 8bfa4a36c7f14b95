import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extract } from 'tar-stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BuildContext, type ImageBuild, readBuildContext } from './build-context.ts';
import { baseImages } from './build-image.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'pipewright-context-'));
  write('Dockerfile', 'FROM scratch\nCOPY . /app\n');
  write('src/a.txt', 'a');
});
afterEach(() => rmSync(dir, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  writeFileSync(path.join(dir, file), text);
}

function read(options: Partial<ImageBuild> = {}): Promise<BuildContext> {
  const build = { contextDir: dir, dockerfile: path.join(dir, 'Dockerfile'), args: {}, target: null };
  return readBuildContext({ ...build, ...options }, new AbortController().signal);
}

/** Names and content of what is packed. */
async function packed(context: BuildContext): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const entries = extract();
  context
    .pack()
    .on('data', (chunk: Buffer) => entries.write(chunk))
    .on('end', () => entries.end(null));
  for await (const entry of entries) {
    let text = '';
    for await (const chunk of entry) text += String(chunk);
    files[entry.header.name] = text;
  }
  return files;
}

it('packs the files that .dockerignore leaves, and never .git', async () => {
  write('.dockerignore', 'node_modules\n*.md\n');
  write('node_modules/one/index.js', '');
  write('README.md', '');
  write('.git/HEAD', '');
  const context = await read();
  expect(context.dockerfile).toBe('Dockerfile');
  expect(Object.keys(await packed(context))).toEqual(['.dockerignore', 'Dockerfile', 'src/a.txt']);
});

it('packs a Dockerfile that is left out or lies elsewhere under another name', async () => {
  write('.dockerignore', 'Dockerfile\n.dockerignore\n');
  const context = await read();
  const files = await packed(context);
  expect(Object.keys(files)).toEqual([context.dockerfile, 'src/a.txt']);
  expect(files[context.dockerfile]).toBe('FROM scratch\nCOPY . /app\n');
  const below = await read({ contextDir: path.join(dir, 'src') });
  expect(Object.keys(await packed(below))).toEqual([below.dockerfile, 'a.txt']);
});

it('changes its digest with every input, and only then', async () => {
  const seen = new Set([(await read()).digest]);
  const differs = async (options?: Partial<ImageBuild>): Promise<void> => {
    const { digest } = await read(options);
    expect(seen.has(digest)).toBe(false);
    seen.add(digest);
  };
  expect(seen.has((await read()).digest)).toBe(true);
  await differs({ args: { NODE: '24' } });
  await differs({ target: 'dev' });
  write('src/a.txt', 'b');
  await differs();
  write('src/b.txt', '');
  await differs();
  symlinkSync('a.txt', path.join(dir, 'src/link'));
  await differs();
  write('Dockerfile', 'FROM scratch\nCOPY src /app\n');
  await differs();
});

it.runIf(process.platform !== 'win32')('changes its digest with the right to run a file', async () => {
  const before = await read();
  chmodSync(path.join(dir, 'src/a.txt'), 0o755);
  expect((await read()).digest).not.toBe(before.digest);
});

it('reads no file for a Dockerfile that copies none', async () => {
  write('Dockerfile', 'FROM base AS one\nRUN true\nFROM scratch\nCOPY --from=one /etc /etc\n');
  const before = await read();
  write('src/a.txt', 'changed');
  expect((await read()).digest).toBe(before.digest);
  expect(Object.keys(await packed(before))).toEqual([before.dockerfile]);
});

it('finds the images that a Dockerfile begins with', () => {
  const text = [
    'ARG VERSION=24',
    'FROM node:24 AS build',
    'from --platform=linux/amd64 debian:12 as Other',
    'FROM build',
    'FROM other',
    'FROM scratch',
    'FROM node:${VERSION}',
  ].join('\n');
  expect(baseImages(text)).toEqual(['node:24', 'debian:12']);
});
