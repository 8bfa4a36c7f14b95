import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';

const JUNIT = `<testsuites><testsuite name="math" tests="2" failures="1" time="0.5">
  <testcase name="adds" time="0.2"/><testcase name="divides" time="0.3"><failure message="1/0"/></testcase>
</testsuite></testsuites>`;

const PIPELINE = `
name: Results
stages:
  pack:
    run: |
      mkdir -p out/deep
      printf one > out/one.txt; printf three > out/deep/three.txt
      printf 'first\\n\\033[31mred\\033[0m\\nlast without end'
    artifacts: [{ name: bundle, paths: ['out/**'] }]
  test:
    run: cp junit.xml report.xml; exit 1
    reports: { junit: report.xml }
    continue-on-error: true
`;

describe('after a run', () => {
  let fixture: CliFixture;
  beforeAll(async () => {
    fixture = createCliFixture(PIPELINE);
    fixture.write('junit.xml', JUNIT);
    const { code, stdout } = await fixture.cli('run');
    expect(stdout).toMatch(/Tests +1 of 2 passed, 1 failed/);
    expect(code).toBe(0);
  });
  afterAll(() => fixture[Symbol.asyncDispose]());

  it('shows the run as the document that scripts read', async () => {
    const run = await fixture.json<Record<string, unknown>>('runs', 'show', '#1');
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown;
    expect(run).toMatchObject({
      id: expect.stringMatching(/^[a-z0-9]{16}$/) as unknown,
      name: 'Results',
      status: 'succeeded',
      startedAt: time,
      finishedAt: time,
      durationMs: expect.any(Number) as unknown,
      stages: [
        {
          id: 'pack',
          kind: 'run',
          status: 'succeeded',
          needs: [],
          matrix: null,
          attempts: [{ number: 1, outcome: 'succeeded', exitCode: 0, startedAt: time, finishedAt: time }],
          outputs: {},
          artifacts: [{ name: 'bundle', sizeBytes: 8 }],
          reports: [],
        },
        { id: 'test', status: 'failed', reports: [{ type: 'tests', total: 2, failed: 1 }] },
      ],
    });
  });

  it('finds a run by the start of its id and refuses one that is not there', async () => {
    const { id } = await fixture.json<{ id: string }>('runs', 'show', 'latest');
    expect(await fixture.json('runs', 'show', id.slice(0, 12))).toMatchObject({ id });
    expect(await fixture.cli('runs', 'show', 'zzz')).toMatchObject({ code: 2, stdout: '' });
    expect(await fixture.cli('runs', 'show', '#2')).toMatchObject({ code: 2, stdout: '' });
  });

  it('writes a log as the bytes that came', async () => {
    const { stdout } = await fixture.cli('logs', 'latest', 'pack');
    expect(stdout).toBe('first\n\u001b[31mred\u001b[0m\nlast without end');
  });

  it('writes only the lines that are asked for', async () => {
    expect((await fixture.cli('logs', 'latest', 'pack', '--grep', '^(f|last)')).stdout).toBe(
      'first\nlast without end\n',
    );
    expect((await fixture.cli('logs', 'latest', 'pack', '--from-line', '3')).stdout).toBe(
      'last without end\n',
    );
    expect(await fixture.cli('logs', 'latest', 'pack', '--grep', '(')).toMatchObject({ code: 2, stdout: '' });
  });

  it('suggests the stage that was meant', async () => {
    const { code, stderr } = await fixture.cli('logs', 'latest', 'pakc');
    expect(code).toBe(2);
    expect(stderr).toMatch(/no stage pakc\. Did you mean pack\?/);
    expect((await fixture.cli('logs', 'latest', 'pack', '--attempt', '2')).stderr).toMatch(/no attempt 2/);
  });

  it('lists, writes and verifies artifacts', async () => {
    const artifacts = await fixture.json<object[]>('artifacts', 'list', 'latest');
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/) as unknown;
    expect(artifacts).toEqual([
      {
        name: 'bundle',
        stage: 'pack',
        sizeBytes: 8,
        sha256,
        expiresAt: null,
        expired: false,
        files: [
          { path: 'out/deep/three.txt', sizeBytes: 5, sha256 },
          { path: 'out/one.txt', sizeBytes: 3, sha256 },
        ],
      },
    ]);
    const { code } = await fixture.cli('artifacts', 'get', 'latest', 'bundle', '--output', 'got');
    expect(code).toBe(0);
    expect(readFileSync(path.join(fixture.projectDir, 'got/out/deep/three.txt'), 'utf8')).toBe('three');
    expect(await fixture.cli('artifacts', 'get', 'latest', 'bundel')).toMatchObject({ code: 2 });
    expect(await fixture.cli('artifacts', 'verify')).toMatchObject({ code: 0 });
  });

  it('sums the reports of the run', async () => {
    const reports = await fixture.json<Record<string, unknown>>('reports', 'latest');
    expect(Object.keys(reports)).toEqual(['tests']);
    expect(reports.tests).toMatchObject({
      total: 2,
      passed: 1,
      failed: 1,
      errored: 0,
      skipped: 0,
      durationMs: 500,
    });
  });
});

it('says which artifact is damaged and ends with 1', async () => {
  await using fixture = createCliFixture(
    "workspace: in-place\nstages: { a: { run: 'echo x > f', artifacts: [{ name: f, paths: [f] }] } }\n",
  );
  expect((await fixture.cli('run')).code).toBe(0);
  const [artifact] = await fixture.json<{ files: { sha256: string }[] }[]>('artifacts', 'list', 'latest');
  const sha256 = artifact?.files[0]?.sha256 ?? '';
  const blob = path.join(fixture.dataDir, 'blobs/sha256', sha256.slice(0, 2), sha256.slice(2));
  rmSync(blob, { force: true });
  writeFileSync(blob, 'y\n');
  const { code, stdout } = await fixture.cli('artifacts', 'verify', 'latest');
  expect(code).toBe(1);
  expect(stdout).toMatch(/ f f: /);
  expect(await fixture.cli('artifacts', 'get', 'latest', 'f', '--output', 'got')).toMatchObject({ code: 4 });
});

it('removes a finished run with its files', async () => {
  await using fixture = createCliFixture("workspace: in-place\nstages: { a: { run: 'true' } }\n");
  await fixture.cli('run');
  expect((await fixture.cli('runs', 'rm', 'latest')).code).toBe(0);
  expect(await fixture.json('runs', 'list')).toEqual([]);
  expect(await fixture.cli('runs', 'show', 'latest')).toMatchObject({ code: 2 });
});
