import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createUsageSampler, type WatchOptions } from '#main/executors/process/usage/usage-sampler.ts';
import { cpuPercent } from './cpu-percent.ts';
import { type Figure, rounded } from './figure.ts';
import { benchContainerUsage } from './usage-containers.ts';

const STAGES = 4;
const PROCESSES_PER_STAGE = 8;
/** Processes of the machine that are in no stage: a look must not cost what they cost. */
const OTHERS = 200;
/** Of their limits, by stages that have some: the nearer to them, the more often is looked. */
const HALF_USED = 0.5;
const LIMIT_PERCENT = 1;

/** What looking at stages costs, wherever they run. */
export async function benchUsage(): Promise<Figure[]> {
  return [...(await benchProcessUsage()), ...(await benchContainerUsage())];
}

/**
 * Looks at four stages of eight processes each, on a machine with two hundred others that makes twenty a second: processor
 * time of this process in percent of one processor, over what it takes when it does nothing. With and without limits that
 * only a watcher can keep.
 */
async function benchProcessUsage(): Promise<Figure[]> {
  if (process.platform === 'win32') return [];
  const stages = Array.from({ length: STAGES }, () => sleepers(PROCESSES_PER_STAGE));
  const others = [sleepers(OTHERS), maker()];
  try {
    const { own: idle } = await cpuPercent();
    const plain = await watched(stages, null);
    const limited = await watched(stages, () => HALF_USED);
    return [
      { name: 'usage.sampling', value: rounded(plain - idle), unit: '%', limit: LIMIT_PERCENT },
      { name: 'usage.sampling-limited', value: rounded(limited - idle), unit: '%', limit: LIMIT_PERCENT },
    ];
  } finally {
    await Promise.all([...stages, ...others].map(end));
  }
}

/** A group of processes that do nothing. */
function sleepers(count: number): ChildProcess {
  const script = `i=1; while [ $i -lt ${count} ]; do sleep 600 & i=$((i + 1)); done; wait`;
  return spawn('/bin/sh', ['-c', script], { detached: true, stdio: 'ignore' });
}

/** Makes processes all the time, so that no look finds the machine as the one before did. */
function maker(): ChildProcess {
  return spawn('/bin/sh', ['-c', 'while sleep 0.05; do :; done'], { detached: true, stdio: 'ignore' });
}

async function watched(
  stages: readonly ChildProcess[],
  pressureOf: WatchOptions['pressureOf'],
): Promise<number> {
  const sampler = createUsageSampler();
  const watches = stages.map(({ pid }) => sampler.watch(pid!, { pressureOf, onLook: () => undefined }));
  try {
    return (await cpuPercent()).own;
  } finally {
    for (const watch of watches) watch.stop();
  }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  process.kill(-child.pid!, 'SIGKILL');
  await ended;
}
