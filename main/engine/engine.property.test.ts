import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DummyScript } from '#main/executors/dummy/dummy-executor.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import type { RunEvent } from '#shared/run/events.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { foldRun } from '#shared/run/reduce-run.ts';
import { isFinalRunStatus, isFinalStageStatus } from '#shared/run/status.ts';
import { createMemoryEngine, settle } from '#test/support/memory-engine.ts';
import { plan, stage } from '#test/support/plans.ts';

interface Case {
  readonly stages: readonly PlannedStage[];
  readonly script: DummyScript;
  readonly maxParallel: number;
}

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Outcome>({ type: 'succeeded' }) },
  fc.constant<Outcome>({ type: 'failed', exitCode: 1, signal: null, message: null }),
  fc.constant<Outcome>({ type: 'infra-error', error: { code: 'spawn-failed', message: 'no shell' } }),
);

/** Random DAGs: a stage may need any stage before it. */
const cases: fc.Arbitrary<Case> = fc.integer({ min: 1, max: 25 }).chain((count) =>
  fc
    .record({
      needs: fc.tuple(
        ...Array.from({ length: count }, (_, index) =>
          fc.uniqueArray(fc.integer({ min: 0, max: Math.max(0, index - 1) }), {
            maxLength: Math.min(index, 4),
          }),
        ),
      ),
      works: fc.array(
        fc.record({ outcome, delayMs: fc.integer({ min: 0, max: 50 }), lenient: fc.boolean() }),
        {
          minLength: count,
          maxLength: count,
        },
      ),
      maxParallel: fc.integer({ min: 1, max: 6 }),
    })
    .map(({ needs, works, maxParallel }) => ({
      maxParallel,
      stages: works.map((work, index) =>
        stage(`s${index}`, { needs: needs[index]!.map((n) => `s${n}`), continueOnError: work.lenient }),
      ),
      script: Object.fromEntries(
        works.map((work, index) => [`s${index}`, { outcomes: [work.outcome], delayMs: work.delayMs }]),
      ),
    })),
);

function checkOrder(events: readonly RunEvent[], { stages, maxParallel }: Case): void {
  const finished = new Set<string>();
  const running = new Set<string>();
  const needs = new Map<string, readonly string[]>(stages.map(({ id, needs: list }) => [id, list]));
  for (const event of events) {
    if (event.type === 'attempt-started') {
      for (const need of needs.get(event.stage) ?? []) expect(finished).toContain(need);
      running.add(event.stage);
      expect(running.size).toBeLessThanOrEqual(maxParallel);
    }
    if (event.type === 'stage-finished') {
      running.delete(event.stage);
      finished.add(event.stage);
    }
  }
}

describe('the engine, over random graphs', () => {
  it('starts no stage early, keeps the limit, ends every run, and its stored events fold to its state', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (input) => {
        const { run } = createMemoryEngine({ script: input.script });
        const { state, events } = await run(plan(input.stages), input.maxParallel);
        checkOrder(events, input);
        expect(isFinalRunStatus(state.status)).toBe(true);
        for (const { status } of chunkedToArray(state.stages)) expect(isFinalStageStatus(status)).toBe(true);
        expect(foldRun(events)).toEqual(state);
      }),
      { numRuns: 60 },
    );
  });

  it('ends whenever it is cancelled', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.integer({ min: 0, max: 20 }), async (input, turns) => {
        const { start, engine, clock, stored } = createMemoryEngine({ script: input.script });
        const handle = await start(plan(input.stages), input.maxParallel);
        for (let turn = 0; turn < turns; turn += 1) {
          await settle();
          clock.next();
        }
        engine.cancel(handle.runId, 'user');
        const state = await handle.finished;
        expect(isFinalRunStatus(state.status)).toBe(true);
        expect(state.counts.running + state.counts.ready + state.counts.pending).toBe(0);
        expect(foldRun(stored.get(handle.runId) ?? [])).toEqual(state);
      }),
      { numRuns: 40 },
    );
  });
});
