import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { createHost, type Host } from '#main/host/create-host.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import { plan, stage } from '#test/support/plans.ts';
import { type Figure, median, rounded } from './figure.ts';

const ROUNDS = 3;

/**
 * Time of whole runs in the real host (SQLite, workspace, logs) over bare spawns of the same shell from the same process
 * at the same parallelism; rounds alternate, and the ratio is the median of the rounds' ratios.
 */
export async function benchEngine(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  const host = await createHost({ dataDir: path.join(folder, 'data'), mode: 'browser' });
  const parallel = availableParallelism();
  try {
    await runPlan(host, folder, independent(200), parallel);
    const wide = await compare(host, folder, independent(1_000), 1_000, parallel);
    const chain = await compare(host, folder, chained(200), 200, 1);
    const large = await compare(host, folder, independent(10_000), 10_000, parallel, 1);
    return [
      { name: 'engine.1000-independent', ...wide, limit: 1.5 },
      { name: 'engine.chain-of-200', ...chain, limit: 1.5 },
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
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(
  host: Host,
  projectDir: string,
  work: Plan,
  count: number,
  parallel: number,
  rounds = ROUNDS,
): Promise<{ value: number; unit: string; baseline: number; ratio: number }> {
  const pairs: { ours: number; bare: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bare = await spawnBare(count, parallel);
    pairs.push({ bare, ours: await runPlan(host, projectDir, work, parallel) });
  }
  return {
    value: rounded(median(pairs.map(({ ours }) => ours))),
    unit: 'ms',
    baseline: rounded(median(pairs.map(({ bare }) => bare))),
    ratio: rounded(median(pairs.map(({ ours, bare }) => ours / bare))),
  };
}

async function spawnBare(count: number, parallel: number): Promise<number> {
  let left = count;
  const startedAt = performance.now();
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await new Promise((resolve) => spawn('/bin/sh', ['-c', 'true']).once('exit', resolve));
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return performance.now() - startedAt;
}

async function runPlan(host: Host, projectDir: string, work: Plan, maxParallel: number): Promise<number> {
  const startedAt = performance.now();
  const handle = await host.engine.start({
    projectDir,
    pipelineFile: 'bench.yml',
    plan: work,
    trigger: { type: 'api' },
    maxParallel,
  });
  const { status } = await handle.finished;
  if (status !== 'succeeded') throw new Error(`The measured run ended as ${status}`);
  return performance.now() - startedAt;
}

const independent = (count: number): Plan =>
  plan(
    Array.from({ length: count }, (_, index) => stage(`s${index}`)),
    { workspace: 'in-place' },
  );

const chained = (count: number): Plan =>
  plan(
    Array.from({ length: count }, (_, index) =>
      stage(`s${index}`, index > 0 ? { needs: [`s${index - 1}`] } : {}),
    ),
    { workspace: 'in-place' },
  );
