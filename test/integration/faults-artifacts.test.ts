import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';
import { type ShownRun, statuses } from './shown-run.ts';

interface ShownArtifact {
  readonly files: readonly { readonly path: string; readonly sizeBytes: number }[];
}

/** Files below `out`, most of which have the content of another one. */
const MAKE_MANY = `
const fs = require('node:fs');
for (let folder = 0; folder < 100; folder += 1) {
  fs.mkdirSync('out/' + folder, { recursive: true });
  for (let file = 0; file < 1000; file += 1) fs.writeFileSync('out/' + folder + '/' + file, 'content ' + file);
}`;

it('stores, lists, checks and gives back an artifact of 100,000 files', { timeout: 600_000 }, async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  many: { run: node make.cjs, artifacts: [{ name: many, paths: [out] }] }
`);
  fixture.write('make.cjs', MAKE_MANY);
  expect((await fixture.cli('run')).code).toBe(0);
  const [artifact] = await fixture.json<ShownArtifact[]>('artifacts', 'list', 'latest');
  expect(artifact?.files).toHaveLength(100_000);
  expect((await fixture.cli('artifacts', 'verify')).code).toBe(0);
  expect((await fixture.cli('artifacts', 'get', 'latest', 'many', '--output', 'got')).code).toBe(0);
  const got = path.join(fixture.projectDir, 'got', 'out');
  expect(fs.readdirSync(got, { recursive: true })).toHaveLength(100_100);
  expect(fs.readFileSync(path.join(got, '99', '999'), 'utf8')).toBe('content 999');
});

describe.runIf(process.platform === 'linux')('odd things in artifacts and caches', () => {
  /** Names that differ by case only, that hold line ends or are no Unicode; pipes, sockets, devices, links of every kind. */
  const ODD = `
mkdir -p out/sub
echo a > out/Case; echo b > out/case; echo c > "out/line
end"; echo d > "out/ space "; echo e > out/-rf; echo f > 'out/back\\slash'; echo g > "out/$(printf 'ud83d\\360\\237\\230\\200')"
printf h > "out/$(printf 'bad\\377name')"
mkfifo out/pipe
node -e "require('net').createServer().listen('out/socket', () => process.exit(0))"
ln -s Case out/link; ln -s sub out/folder-link; echo i > out/sub/i; ln -s .. out/sub/up; ln -s nowhere out/dangling
`;
  const SECRET = 'nobody may see this';
  const KEPT = [' space ', '-rf', 'Case', 'back\\slash', 'case', 'line\nend', 'link', 'ud83d😀'];

  it('are stored where they are files with a name, and passed by or warned of where not', async () => {
    await using fixture = createCliFixture(`
workspace: in-place
stages:
  make:
    run: sh odd.sh
    artifacts: [{ name: odd, paths: [out] }]
    cache: [{ key: odd, paths: [out] }]
  back:
    needs: [make]
    run: 'mv out made'
  restore:
    needs: [back]
    run: cat out/line*
    cache: [{ key: odd, paths: [out] }]
`);
    fixture.write('odd.sh', ODD);
    const { code, stdout } = await fixture.cli('run');
    expect({ code, stdout }).toMatchObject({ code: 0 });
    const [artifact] = await fixture.json<ShownArtifact[]>('artifacts', 'list', 'latest');
    const names = artifact?.files.map((file) => file.path.replace(/^out\//, '')) ?? [];
    expect(names).toEqual(expect.arrayContaining([...KEPT, 'sub/i', 'folder-link/i']));
    expect(names.filter((name) => /pipe|socket|dangling|up\//.test(name))).toEqual([]);
    expect((await fixture.cli('artifacts', 'get', 'latest', 'odd', '--output', 'got')).code).toBe(0);
    const read = (...parts: string[]): string =>
      fs.readFileSync(path.join(fixture.projectDir, ...parts), 'utf8');
    for (const name of KEPT) expect(read('got', 'out', name)).toBe(read('made', name));

    expect((await fixture.cli('logs', 'latest', 'restore')).stdout).toContain('c\n');
    for (const name of KEPT) expect(read('out', name)).toBe(read('made', name));
    expect(fs.readlinkSync(path.join(fixture.projectDir, 'out', 'sub', 'up'))).toBe('..');
    expect(stdout).toMatch(/its name is no Unicode/);
  });

  it.each([
    ['a link to a file outside', 'ln -s $PWD/../secrets/file out/x'],
    ['a link to a folder outside', 'ln -s ../../secrets out/x'],
    ['a link that climbs', 'ln -s ../out/../../secrets/file out/x'],
  ])('fail the stage when they are %s, and nothing of it is stored', async (_what, script) => {
    await using fixture = createCliFixture(`
workspace: in-place
stages:
  a: { run: 'mkdir -p out; echo own > out/own; ${script}', artifacts: [{ name: x, paths: [out] }] }
  c: { run: 'mkdir -p out; echo own > out/own', needs: [a], if: always(), cache: [{ key: k, paths: [out] }] }
`);
    fixture.write('../secrets/file', SECRET);
    const { code, stdout } = await fixture.cli('run');
    expect(code).toBe(1);
    expect(stdout).toContain('leads out of the workspace');
    expect(stdout).toContain('Exclude it with "!out/x"');
    const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
    expect(statuses(run)).toEqual({ a: 'failed', c: 'succeeded' });
    const blobs = path.join(fixture.dataDir, 'blobs');
    const stored = fs
      .readdirSync(blobs, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile());
    expect(stored).not.toEqual([]);
    for (const { parentPath, name } of stored)
      expect(fs.readFileSync(path.join(parentPath, name), 'utf8')).not.toContain(SECRET);
  });
});
