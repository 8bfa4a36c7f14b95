import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Figure, median, rounded } from './figure.ts';

const cli = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');
const STAGES = 1_000;
const ROUNDS = 3;
/** Milliseconds. */
const LIMIT = 3_000;

/** Runs of a pipeline in which nothing has changed since the last one, whole processes, over a run that does the work. */
export function benchUnchanged(): Figure[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  try {
    mkdirSync(path.join(folder, 'src'));
    writeFileSync(path.join(folder, 'src', 'a.txt'), 'a');
    writeFileSync(path.join(folder, 'pipewright.yml'), pipelineOf(STAGES));
    const worked = run(folder);
    const times = Array.from({ length: ROUNDS }, () => run(folder));
    const value = rounded(median(times));
    return [
      { name: `unchanged.${STAGES}-stages`, value, unit: 'ms', limit: LIMIT },
      {
        name: `unchanged.${STAGES}-stages-over-worked`,
        value,
        unit: 'ms',
        baseline: rounded(worked),
        ratio: rounded(value / worked),
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(folder: string): number {
  const startedAt = performance.now();
  const args = ['--data', path.join(folder, 'data'), '--project', folder, '--quiet', 'run'];
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The run ended with ${status}: ${stderr}`);
  return performance.now() - startedAt;
}

function pipelineOf(count: number): string {
  const stages = Array.from(
    { length: count },
    (_, index) => `  stage-${index}: { run: 'true', skip-if-unchanged: { files: ['src/**'] } }`,
  );
  return `name: Unchanged\nstages:\n${stages.join('\n')}\n`;
}
