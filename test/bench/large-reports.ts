import { test, testReport, createRun, stageFinished } from '#main/store/store-fixture.ts';
import type { Store } from '#main/store/open-store.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { coverageRatio, type FileCoverage, sumCoverage } from '#shared/reports/coverage.ts';
import { type Finding, type FindingsReport, fingerprintOf, mergeFindings } from '#shared/reports/findings.ts';
import type { TestReport } from '#shared/reports/test-report.ts';

const CASES = 100_000;
const FILES = 10_000;
const FINDINGS = 50_000;

export interface LargeRun {
  readonly runId: RunId;
  /** How long the tests took to be stored, in milliseconds. */
  readonly savedInMs: number;
}

/** Stores a run that has ended, with very much in its reports. @param index its place among such runs */
export function storeLargeRun(store: Store, projectDir: string, index: number): LargeRun {
  const run = createRun(store, projectDir, { at: index * 60_000 });
  run.append(1, { type: 'run-started' });
  const begin = performance.now();
  store.events.saveReport(run.runId, test, 1, 'tests', manyTests(index));
  const savedInMs = performance.now() - begin;
  store.events.saveReport(run.runId, test, 1, 'coverage', sumCoverage(manyFiles()));
  store.events.saveReport(run.runId, test, 1, 'findings', mergeFindings([manyFindings(index)]));
  run.append(2, stageFinished(test, 'failed'), { type: 'run-finished', status: 'failed' });
  return { runId: run.runId, savedInMs };
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

function manyFindings(run: number): FindingsReport {
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
