import { accessSync, constants, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createHost, type Host } from '#main/host/create-host.ts';
import { planRun } from '#main/host/projects/plan-run.ts';
import { createSampleProject } from '#main/vcs/sample-project.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import type { RunState } from '#shared/run/run-state.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../fixtures/sample-project');
const FILE = '.pipewright/catalog.yml';

/** What a fresh machine has: Node with npm, Git, and the shell with its tools. */
const PROGRAMS = [
  ...['node', 'npm', 'git', 'sh', 'bash', 'cat', 'cp', 'dirname', 'env', 'ls', 'mkdir', 'mktemp', 'mv', 'ps'],
  ...['readlink', 'rm', 'sed', 'sleep', 'tar', 'tr', 'uname'],
];

it('runs on a machine with Node and Git alone, and fills every inspector', { timeout: 120_000 }, async () => {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'pipewright-catalog-')));
  const before = process.env['PATH'];
  process.env['PATH'] = programsAlone(path.join(dir, 'bin'), PROGRAMS);
  const host = await createHost({ dataDir: path.join(dir, 'data'), mode: 'browser' });
  try {
    const projectDir = path.join(dir, 'sample');
    await createSampleProject({ templateDir: SAMPLE, targetDir: projectDir });
    const first = await run(host, projectDir);
    expect(describeRun(first)).toEqual({ status: 'succeeded', unsuccessful: [] });

    const reports = host.store.reportHistory.read(first.runId).map(({ form }) => form);
    const types = [...new Set(reports.map(({ type }) => type))].sort();
    expect(types).toEqual(['coverage', 'findings', 'metrics', 'provenance', 'sbom', 'tests']);
    expect(findingsOf(reports)).toEqual([
      'no-process-exit low tools/build.js',
      'short-lines low tools/report.js',
    ]);
    const bill = reports.find((form) => form.type === 'sbom')?.report;
    expect(bill?.components.map(({ name, licenses }) => [name, ...licenses])).toEqual([
      ['file-slug', 'BSD-3-Clause'],
      ['price-rows', 'ISC'],
    ]);
    const artifacts = chunkedToArray(first.stages).flatMap((stage) =>
      stage.artifacts.map(({ name }) => name),
    );
    expect(artifacts.sort()).toEqual(['metadata', 'package', 'resources']);

    // The same again: the package is the same byte by byte, so the version in the repository is, too.
    const second = await run(host, projectDir);
    expect(describeRun(second)).toEqual({ status: 'succeeded', unsuccessful: [] });
    const digestOf = (state: RunState) =>
      chunkedToArray(state.stages).find(({ id }) => id === 'publish')?.outputs['digest'];
    expect(digestOf(second)).toBe(digestOf(first));
  } finally {
    await host.close();
    process.env['PATH'] = before;
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  }
});

/** A folder with links to these programs, as far as this machine has them, for a PATH with nothing else. */
function programsAlone(folder: string, names: readonly string[]): string {
  mkdirSync(folder);
  const places = [path.dirname(process.execPath), ...(process.env['PATH'] ?? '').split(path.delimiter)];
  for (const name of names) {
    const found = places.map((place) => path.join(place, name)).find(isProgram);
    if (found !== undefined) symlinkSync(found, path.join(folder, name));
  }
  return folder;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function run(host: Host, projectDir: string): Promise<RunState> {
  const { plan, issues } = await planRun(host.kinds, { projectDir, file: FILE, inputs: {} });
  expect(issues).toEqual([]);
  if (plan === null) throw new Error('There is no plan');
  const handle = await host.engine.start({
    ...{ projectDir, pipelineFile: FILE, plan, trigger: { type: 'cli' as const }, maxParallel: 2 },
  });
  return handle.finished;
}

function describeRun(state: RunState) {
  const stages = chunkedToArray(state.stages).filter(({ status }) => status !== 'succeeded');
  return {
    status: state.status,
    unsuccessful: stages.map(({ id, status, attempts }) => ({
      id,
      status,
      outcome: attempts.at(-1)?.outcome,
    })),
  };
}

const findingsOf = (reports: readonly NormalForm[]): readonly string[] =>
  reports
    .flatMap((form) => (form.type === 'findings' ? form.report.findings : []))
    .map(({ ruleId, severity, file }) => `${ruleId} ${severity} ${file}`)
    .sort();
