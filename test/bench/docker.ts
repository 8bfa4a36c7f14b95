import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHost, type Host } from '#main/host/create-host.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import { containerOf, type PlannedPlace } from '#shared/pipeline/plan-place.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';
import { plan, scriptStep, stage } from '#test/support/plans.ts';
import { type Figure, median, rounded } from './figure.ts';

const ROUNDS = 3;
const NETWORK = `pipewright-bench-${process.pid}`;
const STAGES = 10;
const STEPS = 100;
const OUTPUT_MB = 300;
/** Lines of a hundred bytes. */
const OUTPUT = `yes ${'x'.repeat(99)} | head -c ${OUTPUT_MB}000000`;

const PLACE: PlannedPlace = {
  type: 'container',
  container: { ...containerOf(SHELL_IMAGE), pull: 'never' },
};

/**
 * Stages in containers over what Docker's own command line takes for the same image: whole runs in the real host, which make
 * a network and remove it, as the baseline does. Beside it the time over that of containers of the engine's one shared network,
 * which takes less of it. Rounds alternate, and the ratio is the median of the rounds' ratios.
 */
export async function benchDocker(): Promise<Figure[]> {
  if (spawnSync('docker', ['info'], { stdio: 'ignore' }).status !== 0) {
    console.error('docker: skipped, as no daemon answers.');
    return [];
  }
  makeShellImage();
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  const host = await createHost({ dataDir: path.join(folder, 'data'), mode: 'browser' });
  const warm = execFileSync('docker', ['run', '-d', '--rm', SHELL_IMAGE, 'sleep', '3600'], {
    encoding: 'utf8',
  }).trim();
  const run = (work: Plan): (() => Promise<void>) => {
    return () => runPlan(host, folder, work);
  };
  const docker = (words: readonly string[], times: number): (() => Promise<void>) => {
    return async () => {
      for (let count = 0; count < times; count += 1) await runDocker(words);
    };
  };
  const onNetwork = (times: number) => async (): Promise<void> => {
    await runDocker(['network', 'create', NETWORK]);
    await docker(['run', '--rm', '--network', NETWORK, SHELL_IMAGE, 'true'], times)();
    await runDocker(['network', 'rm', NETWORK]);
  };
  try {
    await run(chain(1))();
    const stages = await compare(run(chain(STAGES)), onNetwork(STAGES));
    const plain = await compare(run(chain(STAGES)), docker(['run', '--rm', SHELL_IMAGE, 'true'], STAGES));
    const steps = await compare(run(manySteps()), docker(['exec', warm, 'sh', '-c', 'true'], STEPS));
    const output = await compare(run(printing()), docker(['exec', warm, 'sh', '-c', OUTPUT], 1));
    return [
      { name: `docker.chain-of-${STAGES}-stages`, ...stages, limit: 1.15 },
      { name: `docker.chain-of-${STAGES}-stages-over-the-shared-network`, ...plain },
      { name: `docker.${STEPS}-steps-in-one-container`, ...steps, limit: 2 },
      {
        name: 'docker.output',
        value: rounded((OUTPUT_MB * 1e3) / output.value),
        unit: 'MB/s',
        baseline: rounded((OUTPUT_MB * 1e3) / output.baseline),
        ratio: output.ratio,
      },
      {
        name: 'docker.30-mb-of-output',
        value: rounded((output.value * 30) / OUTPUT_MB),
        unit: 'ms',
        limit: 1_000,
      },
    ];
  } finally {
    await host.close();
    await runDocker(['rm', '--force', warm]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(
  ours: () => Promise<void>,
  bare: () => Promise<void>,
): Promise<{ value: number; unit: string; baseline: number; ratio: number }> {
  const pairs: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    pairs.push({ bare: await timed(bare), ours: await timed(ours) });
  return {
    value: rounded(median(pairs.map((pair) => pair.ours))),
    unit: 'ms',
    baseline: rounded(median(pairs.map((pair) => pair.bare))),
    ratio: rounded(median(pairs.map((pair) => pair.ours / pair.bare))),
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Its output is read and forgotten. */
async function runDocker(words: readonly string[]): Promise<void> {
  const child = spawn('docker', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.resume();
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`docker ${words.join(' ')} ended with ${code}`);
}

async function runPlan(host: Host, projectDir: string, work: Plan): Promise<void> {
  const handle = await host.engine.start({
    projectDir,
    pipelineFile: 'bench.yml',
    plan: work,
    trigger: { type: 'api' },
    maxParallel: 1,
  });
  const { status } = await handle.finished;
  if (status !== 'succeeded') throw new Error(`The measured run ended as ${status}`);
}

const chain = (count: number): Plan =>
  plan(
    Array.from({ length: count }, (_, index) =>
      stage(`s${index}`, { place: PLACE, needs: index === 0 ? [] : [`s${index - 1}`] }),
    ),
    { workspace: 'in-place' },
  );

const manySteps = (): Plan => {
  const steps = Array.from({ length: STEPS }, (_, index) => scriptStep('true', `step-${index + 1}`));
  return plan([stage('steps', { place: PLACE, steps })], { workspace: 'in-place' });
};

const printing = (): Plan =>
  plan([stage('prints', { place: PLACE, steps: [scriptStep(OUTPUT)] })], { workspace: 'in-place' });
