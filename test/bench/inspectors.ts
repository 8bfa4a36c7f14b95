import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHost } from '#main/host/create-host.ts';
import { serve, type Server } from '#main/host/http/serve.ts';
import { createRun, stageFinished, test, testReport } from '#main/store/store-fixture.ts';
import { coverageRatio, type FileCoverage, sumCoverage } from '#shared/reports/coverage.ts';
import { type Finding, fingerprintOf, mergeFindings } from '#shared/reports/findings.ts';
import type { TestReport } from '#shared/reports/test-report.ts';
import { type Figure, median, rounded } from './figure.ts';

const CASES = 100_000;
const FILES = 10_000;
const FINDINGS = 50_000;
const ROUNDS = 5;
/** Of what the API sends: read from a file and parsed, without a database, a check or a socket. */
const RATIO = 12;

/**
 * Opens the inspectors of a run with very much in it over HTTP, as a browser does, beside a run before it; against reading
 * the same JSON from a file.
 */
export async function benchInspectors(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  const [projectDir, rendererDir] = [path.join(folder, 'project'), path.join(folder, 'renderer')];
  for (const dir of [projectDir, rendererDir]) mkdirSync(dir);
  writeFileSync(path.join(rendererDir, 'index.html'), '');
  const host = await createHost({ dataDir: path.join(folder, 'data'), mode: 'browser' });
  const server = await serve(host, { port: 0, rendererDir });
  try {
    const { store } = host;
    const saves: number[] = [];
    const runIds = [0, 1].map((index) => {
      const run = createRun(store, projectDir, { at: index * 60_000 });
      run.append(1, { type: 'run-started' });
      const begin = performance.now();
      store.events.saveReport(run.runId, test, 1, 'tests', manyTests(index));
      saves.push(performance.now() - begin);
      store.events.saveReport(run.runId, test, 1, 'coverage', sumCoverage(manyFiles()));
      store.events.saveReport(run.runId, test, 1, 'findings', mergeFindings([manyFindings(index)]));
      run.append(2, stageFinished(test, 'failed'), { type: 'run-finished', status: 'failed' });
      return run.runId;
    });
    const url = (name: string): string => `/runs/${runIds[1]}/${name}`;
    return [
      ...(await opened(server, folder, 'tests', url('tests'), 1_000)),
      ...(await opened(server, folder, 'coverage', url('coverage'), 500)),
      ...(await opened(server, folder, 'findings', url('findings'), 2_000)),
      ...(await opened(server, folder, 'compare', `/runs/${runIds[0]}/compare/${runIds[1]}`, 5_000)),
      { name: 'inspectors.store-tests', value: rounded(median(saves)), unit: 'ms', limit: 3_000 },
    ];
  } finally {
    await server.close();
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function opened(
  { port, token }: Server,
  folder: string,
  name: string,
  pathname: string,
  limit: number,
): Promise<Figure[]> {
  const file = path.join(folder, `${name}.json`);
  const headers = { authorization: `Bearer ${token}`, connection: 'close' };
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const begin = performance.now();
    const response = await fetch(`http://127.0.0.1:${port}/api${pathname}`, { headers });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    JSON.parse(text);
    const middle = performance.now();
    // The first round warms up.
    if (round === 0) {
      writeFileSync(file, text);
      continue;
    }
    const bareBegin = performance.now();
    JSON.parse(readFileSync(file, 'utf8'));
    ours.push(middle - begin);
    bare.push(performance.now() - bareBegin);
  }
  const [value, baseline] = [median(ours), median(bare)];
  const whole = { name: `inspectors.${name}`, value: rounded(value), unit: 'ms', limit };
  const ratio = { baseline: rounded(baseline), ratio: rounded(value / baseline), limit: RATIO };
  return name === 'compare' ? [whole] : [whole, { ...whole, name: `${whole.name}-over-bare`, ...ratio }];
}

function manyTests(run: number): TestReport {
  const cases = Array.from({ length: CASES }, (_, index) => {
    const isBad = index % 200 === 0;
    const more = {
      ...{
        classname: `shop.parcels.Class${index % 1_000}`,
        file: `test/parcels/file-${index % 1_000}.test.ts`,
      },
      ...{ line: index % 400, durationMs: index % 90 },
      ...(isBad
        ? { message: `expected ${run} to be ${index}`, details: 'at Object.<anonymous>\n'.repeat(20) }
        : {}),
    };
    return [`weighs parcel number ${index} of many`, isBad ? 'failed' : 'passed', more] as const;
  });
  return testReport(cases);
}

function manyFiles(): FileCoverage[] {
  return Array.from({ length: FILES }, (_, index) => ({
    path: `src/module-${index % 100}/part-${index}.ts`,
    lines: coverageRatio(90, 100),
    branches: coverageRatio(9, 10),
    functions: coverageRatio(5, 5),
    hits: Array.from({ length: 100 }, (__, line): [number, number] => [line + 1, line % 10]),
  }));
}

function manyFindings(run: number) {
  const findings = Array.from({ length: FINDINGS }, (_, index): Finding => {
    const place = {
      file: `src/module-${index % 100}/part-${index % 5_000}.ts`,
      line: (index % 300) + 1,
      column: 3,
    };
    const words = {
      tool: 'lint',
      ruleId: `rule-${index % 150}`,
      message: `Name ${letters(index + run)} says nothing`,
    };
    const fingerprint = fingerprintOf({ ...words, file: place.file, package: null });
    return {
      ...place,
      ...words,
      severity: 'medium',
      endLine: null,
      endColumn: null,
      fingerprint,
      package: null,
    };
  });
  const counts = { critical: 0, high: 0, medium: FINDINGS, low: 0, info: 0 };
  return { tools: [{ name: 'lint', version: '1.0.0' }], checked: 5_000, counts, findings, rules: [] };
}

/** Digits do not count in what tells findings apart. */
const letters = (number: number): string =>
  number.toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!);
