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
 * Runs of the built command line with all that belongs to a run, over bare spawns from the smallest process that can
 * spawn. Starting a process copies the page tables of whoever starts it, so this ratio also holds what the engine's
 * process is larger; `engine.*` without it is the work that the engine adds.
 */
export function benchEngineProcess(): Figure[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  const figures = (name: string, { wholeProcessMs, ...run }: Comparison): Figure[] => [
    { name: `command-line.${name}`, ...run },
    {
      name: `command-line.${name}-whole-process`,
      value: rounded(wholeProcessMs),
      unit: 'ms',
      baseline: run.baseline,
      ratio: rounded(wholeProcessMs / run.baseline),
    },
  ];
  try {
    return [
      ...figures('1000-independent', compare(folder, 1_000, false, availableParallelism(), ROUNDS)),
      ...figures('chain-of-200', compare(folder, 200, true, 1, ROUNDS)),
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
