// Runs every suite and ends with one line that sums them: `N passed, M failed, K skipped`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
  /** Passed on a second try. */
  flaky?: number;
}

const root = path.resolve(import.meta.dirname, '..');
const results = mkdtempSync(path.join(tmpdir(), 'pipewright-tests-'));
const totals: Totals = { passed: 0, failed: 0, skipped: 0 };

function node(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): number | null {
  return spawnSync(process.execPath, [path.join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  }).status;
}

/** A suite that died before it could write its results counts as one failure. */
function add(name: string, file: string, status: number | null, read: (text: string) => Totals): void {
  const counted = existsSync(file) ? read(readFileSync(file, 'utf8')) : { passed: 0, failed: 1, skipped: 0 };
  if (status !== 0 && counted.failed === 0) counted.failed = 1;
  totals.passed += counted.passed;
  totals.failed += counted.failed;
  totals.skipped += counted.skipped;
  const flaky = counted.flaky === undefined || counted.flaky === 0 ? '' : `, ${counted.flaky} flaky`;
  console.log(
    `${name}: ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped${flaky}\n`,
  );
}

function readVitest(text: string): Totals {
  const json = JSON.parse(text) as Record<
    'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests',
    number
  >;
  return {
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    skipped: json.numPendingTests + json.numTodoTests,
  };
}

function readPlaywright(text: string): Totals {
  const { stats } = JSON.parse(text) as {
    stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>;
  };
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    flaky: stats.flaky,
  };
}

function vitest(): void {
  const file = path.join(results, 'vitest.json');
  const status = node('node_modules/vitest/vitest.mjs', [
    'run',
    '--config=build/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  add('Unit and integration tests', file, status, readVitest);
}

function playwright(name: string, suite: string): void {
  const file = path.join(results, `${suite}.json`);
  const status = node(
    'node_modules/@playwright/test/cli.js',
    ['test', `--config=test/${suite}/playwright.config.ts`, '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  );
  add(name, file, status, readPlaywright);
}

try {
  if (node('build/ensure-built.ts', []) !== 0) throw new Error('The build failed, so nothing was tested.');
  vitest();
  playwright('Browser tests', 'browser');
  playwright('Electron tests', 'electron');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  totals.failed += 1;
} finally {
  rmSync(results, { recursive: true, force: true });
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed > 0 ? 1 : 0;
