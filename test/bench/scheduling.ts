import { createMemoryEngine } from '#test/support/memory-engine.ts';
import { plan, stage } from '#test/support/plans.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import { type Figure, rounded } from './figure.ts';

interface Work {
  readonly stages: readonly PlannedStage[];
  readonly durationMs: Readonly<Record<string, number>>;
}

/**
 * The engine's makespan over random graphs with simulated durations, against an ideal list scheduler (longest remaining
 * path first, no overhead) and against level-by-level scheduling. Time is simulated: the figures are exact and repeat.
 */
export async function benchScheduling(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const count of [50, 500, 5_000]) {
    for (const slots of [2, 8, 64]) {
      const work = randomWork(count, count * 31 + slots);
      const ours = await engineMakespan(work, slots);
      const ideal = listMakespan(work, slots);
      const name = `scheduling.${count}-stages-${slots}-slots`;
      figures.push(
        { name, value: ours, unit: 'ms', baseline: ideal, ratio: rounded(ours / ideal), limit: 1.02 },
        {
          name: `${name}.level-by-level`,
          value: levelMakespan(work, slots),
          unit: 'ms',
          baseline: ideal,
          ratio: rounded(levelMakespan(work, slots) / ideal),
        },
      );
    }
  }
  return figures;
}

/** A linear congruential generator, so that every run measures the same graphs. */
function numbersFrom(seed: number): () => number {
  let state = seed % 2_147_483_647;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function randomWork(count: number, seed: number): Work {
  const random = numbersFrom(seed);
  const durationMs: Record<string, number> = {};
  const stages = Array.from({ length: count }, (_, index) => {
    const id = `s${index}`;
    // Most stages are short and some are long, as in real pipelines.
    durationMs[id] = Math.ceil(10 ** (1 + random() * 3));
    const needs = new Set<string>();
    for (let tries = Math.floor(random() * 3); tries > 0 && index > 0; tries -= 1) {
      needs.add(`s${Math.max(0, index - 1 - Math.floor(random() * Math.max(10, count / 10)))}`);
    }
    return stage(id, { needs: [...needs] });
  });
  return { stages, durationMs };
}

async function engineMakespan({ stages, durationMs }: Work, slots: number): Promise<number> {
  const script = Object.fromEntries(Object.entries(durationMs).map(([id, delayMs]) => [id, { delayMs }]));
  const durations = { expected: () => durationMs, record: () => undefined };
  const { run, clock } = createMemoryEngine({ script, maxParallel: slots, ports: { durations } });
  const startedAt = clock.now();
  await run(plan(stages), slots);
  return clock.now() - startedAt;
}

/** Graham's list scheduling with the longest remaining path as priority, simulated directly. */
function listMakespan({ stages, durationMs }: Work, slots: number): number {
  const remaining = new Map<string, number>();
  const dependents = dependentsOf(stages);
  for (const { id } of stages.toReversed()) {
    const longest = Math.max(0, ...(dependents.get(id) ?? []).map((next) => remaining.get(next)!));
    remaining.set(id, longest + durationMs[id]!);
  }
  const unmet = new Map<string, number>(stages.map(({ id, needs }) => [id, needs.length]));
  const ready = stages.filter(({ needs }) => needs.length === 0).map(({ id }) => id as string);
  const running: { id: string; end: number }[] = [];
  let now = 0;
  for (;;) {
    ready.sort((a, b) => remaining.get(b)! - remaining.get(a)!);
    while (running.length < slots && ready.length > 0) {
      const id = ready.shift()!;
      running.push({ id, end: now + durationMs[id]! });
    }
    if (running.length === 0) return now;
    now = Math.min(...running.map(({ end }) => end));
    for (const { id } of running.filter(({ end }) => end === now)) {
      for (const next of dependents.get(id) ?? []) {
        unmet.set(next, unmet.get(next)! - 1);
        if (unmet.get(next) === 0) ready.push(next);
      }
    }
    running.splice(0, running.length, ...running.filter(({ end }) => end > now));
  }
}

/** All stages of one depth, then those of the next: what tools with stages in waves do. */
function levelMakespan({ stages, durationMs }: Work, slots: number): number {
  const level = new Map<string, number>();
  const levels: string[][] = [];
  for (const { id, needs } of stages) {
    const own = Math.max(-1, ...needs.map((need) => level.get(need)!)) + 1;
    level.set(id, own);
    (levels[own] ??= []).push(id);
  }
  let total = 0;
  for (const ids of levels) {
    const ends = new Array<number>(slots).fill(0);
    for (const id of ids.sort((a, b) => durationMs[b]! - durationMs[a]!)) {
      const first = ends.indexOf(Math.min(...ends));
      ends[first]! += durationMs[id]!;
    }
    total += Math.max(...ends);
  }
  return total;
}

function dependentsOf(stages: readonly PlannedStage[]): Map<string, string[]> {
  const dependents = new Map<string, string[]>();
  for (const { id, needs } of stages) {
    for (const need of needs) dependents.set(need, [...(dependents.get(need) ?? []), id]);
  }
  return dependents;
}
