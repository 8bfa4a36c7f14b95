import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { type Figure, median, rounded } from './figure.ts';

const cli = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');
const ROUNDS = 3;

interface Comparison {
  /** Milliseconds from the run's start to its end. */
  readonly value: number;
  readonly unit: string;
  /** Milliseconds of the bare spawns. */
  readonly baseline: number;
  readonly ratio: number;
  readonly wholeProcessMs: number;
}

/**
 * Runs of the built command line with all that belongs to a run (SQLite, logs, workspace), over bare spawns of the same
 * shell at the same parallelism; rounds alternate, and a ratio is the median of the rounds' ratios.
 */
export function benchEngine(): Figure[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  const parallel = availableParallelism();
  const measure = (count: number, chained: boolean, rounds = ROUNDS): Comparison =>
    compare(folder, count, chained, chained ? 1 : parallel, rounds);
  try {
    const { wholeProcessMs: wideWholeMs, ...wide } = measure(1_000, false);
    const { wholeProcessMs: chainWholeMs, ...chain } = measure(200, true);
    const large = measure(10_000, false, 1);
    return [
      { name: 'engine.1000-independent', ...wide, limit: 1.5 },
      {
        name: 'engine.1000-independent-whole-process',
        value: rounded(wideWholeMs),
        unit: 'ms',
        baseline: wide.baseline,
        ratio: rounded(wideWholeMs / wide.baseline),
      },
      { name: 'engine.chain-of-200', ...chain, limit: 1.5 },
      {
        name: 'engine.chain-of-200-whole-process',
        value: rounded(chainWholeMs),
        unit: 'ms',
        baseline: chain.baseline,
        ratio: rounded(chainWholeMs / chain.baseline),
      },
      {
        name: 'engine.10000-per-stage-over-1000',
        value: rounded(large.value / 10_000),
        unit: 'ms/stage',
        baseline: rounded(wide.value / 1_000),
        // Each over the bare spawns measured beside it, so that a machine that slows down meanwhile does not count.
        ratio: rounded(large.ratio / wide.ratio),
        limit: 1.3,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(
  folder: string,
  count: number,
  chained: boolean,
  parallel: number,
  rounds: number,
): Comparison {
  const file = path.join(folder, `${chained ? 'chain' : 'wide'}-${count}.yml`);
  writeFileSync(file, pipelineOf(count, chained));
  const results: { ours: number; bare: number; whole: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bare = spawnBare(count, parallel);
    results.push({ bare, ...runPipeline(folder, file, parallel) });
  }
  return {
    value: rounded(median(results.map(({ ours }) => ours))),
    unit: 'ms',
    baseline: rounded(median(results.map(({ bare }) => bare))),
    ratio: rounded(median(results.map(({ ours, bare }) => ours / bare))),
    wholeProcessMs: median(results.map(({ whole }) => whole)),
  };
}

function spawnBare(count: number, parallel: number): number {
  const script = path.join(import.meta.dirname, 'spawn-baseline.mjs');
  const { stdout } = spawnSync(process.execPath, [script, String(count), String(parallel)], {
    encoding: 'utf8',
  });
  return Number(stdout);
}

function runPipeline(folder: string, file: string, parallel: number): { ours: number; whole: number } {
  const startedAt = performance.now();
  const args = [
    '--data',
    path.join(folder, 'data'),
    '--format',
    'json',
    'run',
    file,
    '--max-parallel',
    String(parallel),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`The measured run ended with ${status}: ${stderr}`);
  const { durationMs } = JSON.parse(stdout) as { durationMs: number };
  return { ours: durationMs, whole: performance.now() - startedAt };
}

function pipelineOf(count: number, chained: boolean): string {
  const stages = Array.from({ length: count }, (_, index) => {
    const needs = chained && index > 0 ? `needs: s${index - 1}, ` : '';
    return `  s${index}: { ${needs}run: 'true' }`;
  });
  return `name: Bench\nworkspace: in-place\nstages:\n${stages.join('\n')}\n`;
}
