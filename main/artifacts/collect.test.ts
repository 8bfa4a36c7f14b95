import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { artifactOf, NEVER, tempFolders, writeFiles, type Folders } from './artifacts-fixture.ts';
import { collectArtifact } from './collect.ts';
import { readManifest } from './manifest.ts';

async function collect(temp: Folders, ...paths: string[]): Promise<{ files: string[]; issues: string[] }> {
  const { artifact, issues } = await collectArtifact(temp.blobs, temp.workspace, artifactOf(...paths), NEVER);
  const files = artifact === null ? [] : (await readManifest(temp.blobs, artifact.sha256)).files;
  return {
    files: files.map((file) => file.path),
    issues: issues.map(({ severity, code }) => `${severity} ${code}`),
  };
}

it('stores what the globs match, a folder standing for its content, less what is excluded', async () => {
  using temp = tempFolders();
  writeFiles(temp.workspace, {
    'dist/a.js': 'a',
    'dist/lib/b.js': 'b',
    'dist/lib/b.js.map': 'm',
    'src/c.js': 'c',
    d: 'd',
  });
  expect(await collect(temp, 'dist', '!**/*.map')).toEqual({
    files: ['dist/a.js', 'dist/lib/b.js'],
    issues: [],
  });
  expect(await collect(temp, './dist/')).toMatchObject({
    files: ['dist/a.js', 'dist/lib/b.js', 'dist/lib/b.js.map'],
  });
  expect(await collect(temp, '*/*.js', 'd')).toMatchObject({ files: ['d', 'dist/a.js', 'src/c.js'] });
});

it('stores files whose name starts with a dot only when the pattern writes the dot', async () => {
  using temp = tempFolders();
  writeFiles(temp.workspace, { 'dist/.hidden': 'h', 'dist/shown': 's', '.cache/x': 'x' });
  expect((await collect(temp, '**')).files).toEqual(['dist/shown']);
  expect((await collect(temp, 'dist/.*', '.cache')).files).toEqual(['.cache/x', 'dist/.hidden']);
});

it.each([
  ['error', ['error artifact-empty']],
  ['warn', ['warning artifact-empty']],
  ['ignore', []],
] as const)(
  'answers with no artifact when nothing matches and `if-no-files-found` is %s',
  async (mode, expected) => {
    using temp = tempFolders();
    fs.mkdirSync(path.join(temp.workspace, 'dist'));
    const artifact = { ...artifactOf('dist', 'missing/*.tgz'), ifNoFilesFound: mode };
    const collected = await collectArtifact(temp.blobs, temp.workspace, artifact, NEVER);
    expect(collected.artifact).toBeNull();
    expect(collected.issues.map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  },
);

it.each(['../secret', 'dist/../../secret', '/etc/hosts', '{..,dist}/secret', '{a,../secret}'])(
  'refuses the path %s, which leaves the workspace',
  async (pattern) => {
    using temp = tempFolders();
    writeFiles(temp.dir, { secret: 's' });
    const { files, issues } = await collect(temp, pattern);
    expect(files).toEqual([]);
    expect(issues.some((issue) => issue.startsWith('error'))).toBe(true);
  },
);

it('stores links inside the workspace as what they point to', async () => {
  using temp = tempFolders();
  writeFiles(temp.workspace, { 'src/a.js': 'a', 'src/deep/b.js': 'b', 'dist/own': 'o' });
  fs.symlinkSync('../src', path.join(temp.workspace, 'dist/folder'));
  fs.symlinkSync('../src/a.js', path.join(temp.workspace, 'dist/file'));
  expect(await collect(temp, 'dist')).toEqual({
    files: ['dist/file', 'dist/folder/a.js', 'dist/folder/deep/b.js', 'dist/own'],
    issues: [],
  });
  expect((await collect(temp, 'dist/folder/*.js')).files).toEqual(['dist/folder/a.js']);
});

it('refuses links that lead out of the workspace, however they are named', async () => {
  using temp = tempFolders();
  writeFiles(temp.dir, { 'out/secret': 's', 'workspace/dist/own': 'o' });
  fs.symlinkSync('../../out', path.join(temp.workspace, 'dist/folder'));
  fs.symlinkSync(path.join(temp.dir, 'out/secret'), path.join(temp.workspace, 'dist/file'));
  expect(await collect(temp, 'dist')).toEqual({
    files: ['dist/own'],
    issues: ['error path-outside', 'error path-outside'],
  });
  expect(await collect(temp, 'dist/folder/*')).toEqual({ files: [], issues: ['error path-outside'] });
  expect(await collect(temp, 'dist/folder/secret')).toEqual({ files: [], issues: ['error path-outside'] });
  expect(await collect(temp, 'dist', '!dist/f*')).toEqual({ files: ['dist/own'], issues: [] });
});

it('warns of links to nothing and does not run in circles', async () => {
  using temp = tempFolders();
  writeFiles(temp.workspace, { 'dist/a/own': 'o', 'dist/b/own': 'o' });
  fs.symlinkSync('missing', path.join(temp.workspace, 'dist/broken'));
  fs.symlinkSync('..', path.join(temp.workspace, 'dist/a/up'));
  fs.symlinkSync('../c', path.join(temp.workspace, 'dist/b/c'));
  fs.mkdirSync(path.join(temp.workspace, 'dist/c'));
  fs.symlinkSync('../b', path.join(temp.workspace, 'dist/c/b'));
  const { files, issues } = await collect(temp, 'dist');
  expect(files).toEqual(['dist/a/own', 'dist/b/own', 'dist/c/b/own']);
  expect(new Set(issues)).toEqual(new Set(['warning link-unusable']));
});

it.skipIf(process.platform === 'win32')(
  'stores files with odd names and passes by what is no file',
  async () => {
    using temp = tempFolders();
    const names = [
      'a b',
      'ü',
      'line\nend',
      '\nfirst',
      'cr\r',
      'quote\'"',
      '[x]',
      'star*',
      '🚀',
      '-rf',
      '!not',
      '\u2028',
    ];
    writeFiles(temp.workspace, Object.fromEntries(names.map((name) => [`out/${name}`, name])));
    execFileSync('sh', ['-c', 'mkfifo "$0"', path.join(temp.workspace, 'out/pipe')]);
    expect(await collect(temp, 'out/**')).toEqual({
      files: names.map((name) => `out/${name}`).toSorted(),
      issues: [],
    });
  },
);

it('names equal content equally, whatever its order, time or umask', async () => {
  using first = tempFolders();
  using second = tempFolders();
  writeFiles(first.workspace, { 'd/a': '1', 'd/b': '2' });
  writeFiles(second.workspace, { 'd/b': '2', 'd/a': '1' });
  fs.chmodSync(path.join(second.workspace, 'd/a'), 0o600);
  const collected = await Promise.all(
    [first, second].map((temp) => collectArtifact(temp.blobs, temp.workspace, artifactOf('d'), NEVER)),
  );
  expect(collected[0]?.artifact).toEqual(collected[1]?.artifact);
  expect(collected[0]?.artifact).toMatchObject({ name: 'package', sizeBytes: 2, fileCount: 2 });
});

it('stops with the reason of the signal', async () => {
  using temp = tempFolders();
  writeFiles(temp.workspace, { a: 'a' });
  const collecting = collectArtifact(
    temp.blobs,
    temp.workspace,
    artifactOf('a'),
    AbortSignal.abort(new Error('stop')),
  );
  await expect(collecting).rejects.toThrow('stop');
});

it.each([1, 1_200])('says why %i small files cannot be stored', async (count) => {
  using temp = tempFolders();
  const names = Array.from({ length: count }, (_, index) => `f${index}`);
  writeFiles(temp.workspace, Object.fromEntries(names.map((name) => [name, name])));
  fs.mkdirSync(temp.dataDir);
  fs.writeFileSync(path.join(temp.dataDir, 'blobs'), 'a file in the way');
  const collecting = collectArtifact(temp.blobs, temp.workspace, artifactOf('*'), NEVER);
  await expect(collecting).rejects.toMatchObject({
    code: 'artifact-failed',
    message: expect.stringContaining('Its files could not be stored: ') as string,
  });
});
