import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';
import { type ProjectState, REPORTS_PIPELINE, writeProject } from './reports-project.ts';

const GOOD: ProjectState = {
  source: ['// money', 'export const add = (a, b) => a + b;'],
  hits: [null, 3],
  cases: { adds: 'passed', rounds: 'passed' },
  findings: ['Floats are no money'],
};

it('writes findings, bills and figures beside tests and coverage, for people and for tools', async () => {
  await using fixture = createCliFixture(REPORTS_PIPELINE);
  writeProject(fixture, GOOD);
  const run = await fixture.cli('run', '--trust');
  expect(run.code, run.stderr).toBe(0);
  expect(run.stdout + run.stderr).toMatch(/Findings\s+1 high\n.*SBOM\s+1 components/s);
  const reports = await fixture.json<Record<string, unknown>>('reports', 'latest');
  expect(reports).toMatchObject({
    tests: { total: 2, passed: 2, suites: [{ name: 'money', cases: [{ name: 'adds' }, {}] }] },
    coverage: { lines: { covered: 1, total: 1 }, files: [{ path: 'src/money.js', hits: [[2, 3]] }] },
    findings: { counts: { high: 1 }, findings: [{ message: 'Floats are no money' }] },
    sbom: [{ stage: 'unit', components: [{ name: 'big.js' }] }],
  });
  expect(reports).not.toHaveProperty('metrics');
  const pretty = await fixture.cli('reports', 'latest');
  expect(pretty.stdout).toContain('Findings: 1 high\n    high src/money.js:2 Floats are no money no-float\n');
  expect(pretty.stdout).toContain('Components of unit: 1\n');
});

it('writes a run as one page that needs nothing else, to a file or to standard output', async () => {
  await using fixture = createCliFixture(REPORTS_PIPELINE);
  writeProject(fixture, { ...GOOD, cases: { rounds: 'failed' }, isBroken: true });
  expect((await fixture.cli('run', '--trust')).code).toBe(1);
  const written = await fixture.cli('report', 'latest', '--html', '--output', 'out.html');
  expect(written.code, written.stderr).toBe(0);
  const page = readFileSync(path.join(fixture.projectDir, 'out.html'), 'utf8');
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain('expected 2 &lt;script&gt;');
  expect((await fixture.cli('report', 'latest', '--html')).stdout).toBe(page);
  const without = await fixture.cli('report', 'latest');
  expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('Add --html.')]);
  const nowhere = await fixture.cli('report', 'latest', '--html', '--output', 'no/such/folder/x.html');
  expect(nowhere.stderr).toContain('could not be written');
});

it('shows what differs between two runs', async () => {
  await using fixture = createCliFixture(REPORTS_PIPELINE);
  writeProject(fixture, GOOD);
  await fixture.cli('run', '--trust');
  writeProject(fixture, {
    ...GOOD,
    cases: { adds: 'failed', sums: 'passed' },
    findings: ['Names say nothing'],
    isBroken: true,
  });
  await fixture.cli('run');
  const { stdout } = await fixture.cli('compare', '#2', '#1');
  for (const line of [
    'status: succeeded → failed',
    'unit: succeeded → failed',
    'broken money > adds (unit)',
    'added money > sums (unit)',
    'removed money > rounds (unit)',
    'new src/money.js:2 Names say nothing no-float',
    'fixed src/money.js:2 Floats are no money no-float',
  ])
    expect(stdout).toContain(`  ${line}\n`);
  expect(await fixture.json('compare', '#1', '#2')).toMatchObject({
    before: { number: 1 },
    after: { number: 2 },
  });
  expect((await fixture.cli('compare', '#1', '#1')).stdout).toContain('Nothing differs.');
});
