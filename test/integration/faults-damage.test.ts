import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import { type ShownRun, stageOf } from './shown-run.ts';

const CONTENT = `the content of the artifact ${'x'.repeat(200)}`;
const PIPELINE = `
workspace: in-place
stages:
  make:
    run: 'mkdir -p out; cp content out/file; echo x >> ran'
    skip-if-unchanged: { files: [content] }
    artifacts: [{ name: made, paths: [out] }]
`;

/** The stored content that holds a text. */
function blobWith({ dataDir }: CliFixture, text: string): string {
  const blobs = path.join(dataDir, 'blobs', 'sha256');
  const entries = fs.readdirSync(blobs, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  const found = files.find((file) => fs.readFileSync(file, 'utf8').includes(text));
  if (found === undefined) throw new Error(`Nothing stored holds ${text}`);
  return found;
}

const DAMAGES: Record<string, (file: string) => void> = {
  'one byte is another': (file) => {
    const bytes = fs.readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    fs.writeFileSync(file, bytes);
  },
  'its end is missing': (file) => fs.truncateSync(file, 10),
  'it is gone': (file) => fs.rmSync(file),
};

describe.each(Object.keys(DAMAGES))('an artifact of which %s', (damage) => {
  it.each([
    ['a file', CONTENT],
    ['the list of files', '{"files":['],
  ])('is told by `verify` and not given away, and the next run makes it anew (%s)', async (_which, text) => {
    await using fixture = createCliFixture(PIPELINE);
    fixture.write('content', CONTENT);
    expect((await fixture.cli('run')).code).toBe(0);
    expect((await fixture.cli('artifacts', 'verify')).code).toBe(0);
    DAMAGES[damage]!(blobWith(fixture, text));

    const verified = await fixture.cli('artifacts', 'verify');
    expect(verified.code).toBe(1);
    expect(verified.stdout).toMatch(/made .*The stored content [0-9a-f]{64} (was damaged on disk|is gone)\./);
    const got = await fixture.cli('artifacts', 'get', 'latest', 'made', '--output', 'got');
    expect([2, 4]).toContain(got.code);
    expect(got.stderr).toMatch(/^pipewright: .*Run the stage again to store it anew\.\n$/);
    expect(fs.existsSync(path.join(fixture.projectDir, 'got', 'out', 'file'))).toBe(false);

    // Nothing has changed, yet what was made cannot be reused.
    expect((await fixture.cli('run')).code).toBe(0);
    expect(fs.readFileSync(path.join(fixture.projectDir, 'ran'), 'utf8')).toBe('x\nx\n');
    expect((await fixture.cli('artifacts', 'verify')).code).toBe(0);
    const reused = await fixture.json<ShownRun>('run');
    expect(stageOf(reused, 'make').reusedFrom).toMatchObject({ because: 'unchanged' });
    expect((await fixture.cli('artifacts', 'get', 'latest', 'made', '--output', 'got')).code).toBe(0);
    expect(fs.readFileSync(path.join(fixture.projectDir, 'got', 'out', 'file'), 'utf8')).toBe(CONTENT);
  });
});

it('drops a damaged cache with a warning, and saves it anew', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  a: { run: 'test -e kept/file || { mkdir kept; echo made >> made; echo hello > kept/file; }', cache: [{ key: k, paths: [kept] }] }
`);
  const file = path.join(fixture.projectDir, 'kept');
  const again = async (): Promise<string> => {
    fs.rmSync(file, { recursive: true, force: true });
    const { code, stdout } = await fixture.cli('run');
    expect(code).toBe(0);
    return stdout;
  };
  await again();
  const [saved] = fs
    .readdirSync(path.join(fixture.dataDir, 'blobs', 'sha256'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile());
  DAMAGES['one byte is another']!(path.join(saved!.parentPath, saved!.name));
  expect(await again()).toContain('Cache k was damaged and is dropped');
  expect(await again()).not.toContain('damaged');
  expect(fs.readFileSync(path.join(fixture.projectDir, 'made'), 'utf8')).toBe('made\nmade\n');
});
