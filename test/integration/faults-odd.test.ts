import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';
import { type ShownRun, statuses } from './shown-run.ts';

const HELLO = "workspace: in-place\nstages: { a: { run: 'echo hello' } }\n";

const FILES: Record<string, [make: (file: string) => void, says: RegExp]> = {
  binary: [
    (file) => fs.writeFileSync(file, Buffer.from([1, 0, 255, 10])),
    /error binary-file The file is binary/,
  ],
  'in UTF-16': [
    (file) => fs.writeFileSync(file, `\uFEFF${HELLO}`, 'utf16le'),
    /encoded in UTF-16, not in UTF-8/,
  ],
  'of 50 MB': [(file) => fs.writeFileSync(file, 'a: 1\n'.repeat(10_000_000)), /larger than 10 MiB/],
  empty: [(file) => fs.writeFileSync(file, ''), /The file is empty/],
  'a folder': [(file) => fs.mkdirSync(file), /is a folder\. Name a YAML file\./],
  'a pipe': [(file) => execFileSync('mkfifo', [file]), /is no file but a pipe/],
  'a link to nowhere': [(file) => fs.symlinkSync('nowhere', file), /There is no pipeline file/],
};

describe.runIf(process.platform !== 'win32')('a pipeline file that is', () => {
  it.each(Object.keys(FILES))('%s is refused in one sentence', async (kind) => {
    await using fixture = createCliFixture('');
    const file = path.join(fixture.projectDir, 'pipewright.yml');
    fs.rmSync(file);
    const [make, says] = FILES[kind]!;
    make(file);
    const { code, stdout, stderr } = await fixture.cli('run');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe.runIf(process.platform !== 'win32')('a project whose path', () => {
  it.each([
    'holds spaces',
    `has quote's and "more"`,
    'ünï😀',
    'has a\nline',
    '$(touch pwned)',
    '-rf',
    '[x]*{a,b}',
  ])('%s runs, stores and gives back', async (project) => {
    const pipeline = `
stages:
  a: { run: 'cat given > out/made', artifacts: [{ name: made, paths: [out] }], cache: [{ key: k, paths: [out] }] }
`;
    await using fixture = createCliFixture(pipeline, { project });
    fixture.write('given', 'content');
    fixture.write('out/before', '');
    const { code, stdout, stderr } = await fixture.cli('run');
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
    expect((await fixture.cli('artifacts', 'get', 'latest', 'made', '--output', 'got')).code).toBe(0);
    expect(fs.readFileSync(path.join(fixture.projectDir, 'got/out/made'), 'utf8')).toBe('content');
    expect(fs.readdirSync(fixture.projectDir)).not.toContain('pwned');
  });
});

describe.runIf(process.platform !== 'win32')('what a run works on may vanish', () => {
  it.each([
    ['the project', 'rm -rf "$PIPEWRIGHT_PROJECT"', 'in-place'],
    ['its workspace', 'rm -rf "$PIPEWRIGHT_WORKSPACE"', 'shared'],
  ])('as %s: the stages say so, and the run ends', async (_what, script, workspace) => {
    await using fixture = createCliFixture(`
workspace: ${workspace}
stages:
  a: { run: '${script}', artifacts: [{ name: x, paths: [x] }] }
  b: { needs: [a], if: always(), run: pwd }
`);
    const { code, stdout } = await fixture.cli('--project', fixture.projectDir, 'run');
    expect(code).toBe(1);
    expect(stdout).toMatch(/The workspace .* is gone\./);
    expect(stdout).toMatch(/The working directory .* does not exist/);
    fs.mkdirSync(fixture.projectDir, { recursive: true });
    const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
    expect(statuses(run)).toEqual({ a: 'infra-error', b: 'infra-error' });
  });

  it('as the data folder: the run does not claim to have succeeded', async () => {
    await using fixture = createCliFixture("workspace: in-place\nstages: { a: { run: 'rm -rf ../data' } }\n");
    const { code, stderr } = await fixture.cli('run');
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /^pipewright: The data folder .* was removed while this run was under way\. .*\n$/,
    );
    expect((await fixture.cli('runs', 'list')).code).toBe(0);
  });

  it('as a log: the run goes on', async () => {
    await using fixture = createCliFixture(`
workspace: in-place
stages:
  a: { run: 'echo one; until [ -e ../data/runs/*/logs/a/1.log ]; do sleep 0.02; done; rm -rf ../data/runs/*/logs; echo two' }
  b: { needs: [a], run: 'echo fine' }
`);
    expect((await fixture.cli('run')).code).toBe(0);
    expect(await fixture.cli('logs', 'latest', 'a')).toMatchObject({ code: 0 });
    expect((await fixture.cli('logs', 'latest', 'b')).stdout).toBe('fine\n');
  });
});

describe.runIf(process.platform !== 'win32')('odd surroundings', () => {
  it.each<[string, NodeJS.ProcessEnv]>([
    ['no PATH', { PATH: '' }],
    ['no HOME', { HOME: undefined }],
    ['a dumb terminal', { TERM: 'dumb' }],
    ['the locale C', { LC_ALL: 'C', LANG: 'C' }],
  ])('with %s a stage runs', async (_what, env) => {
    await using fixture = createCliFixture(HELLO, { env });
    expect((await fixture.cli('run')).code).toBe(0);
    expect((await fixture.cli('logs', 'latest', 'a')).stdout).toBe('hello\n');
  });

  it('with a shell that is not there, the stage says which', async () => {
    const pipeline = "workspace: in-place\nstages: { a: { run: 'true', shell: bash } }\n";
    await using fixture = createCliFixture(pipeline, { env: { PATH: '/nonexistent' } });
    const { code, stdout } = await fixture.cli('run');
    expect(code).toBe(1);
    expect(stdout).toContain('bash was not found; install it or choose another shell');
  });

  it.each([
    ['stdin', '<&-'],
    ['stdout', '>&-'],
    ['everything', '<&- >&- 2>&-'],
    ['what reads it', '| head -c 1 > /dev/null'],
  ])(
    'with %s closed, and a narrow umask, a run ends well and damages nothing',
    async (_what, redirection) => {
      const shell = (): string[] => ['sh', '-c', `umask 077; "$0" "$@" ${redirection}`];
      await using closed = createCliFixture(HELLO, { prefix: shell });
      expect((await closed.cli('run')).code).toBe(0);
      expect(fs.statSync(path.join(closed.dataDir, 'pipewright.db')).mode & 0o077).toBe(0);
      const db = fs.readFileSync(path.join(closed.dataDir, 'pipewright.db'));
      expect(db.subarray(0, 15).toString()).toBe('SQLite format 3');
    },
  );
});

it('says that there is no such project', async () => {
  await using fixture = createCliFixture(HELLO);
  const { code, stderr } = await fixture.cli('--project', path.join(fixture.projectDir, 'none'), 'run');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^pipewright: There is no folder .*none\. .*--project DIR\.\n$/);
});
