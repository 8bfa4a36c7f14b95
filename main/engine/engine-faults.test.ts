import { expect, it } from 'vitest';
import type { RunEvent } from '#shared/run/events.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { createMemoryEngine } from '#test/support/memory-engine.ts';
import { plan, stage } from '#test/support/plans.ts';

const FULL = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });

it.each([1, 2, 3, 4, 5, 6, 7])(
  'ends a run whose %ith change the store refuses, without a gap in its log, and gives its slots back',
  async (refused) => {
    const stored: RunEvent[] = [];
    let appends = 0;
    const memory = createMemoryEngine({
      maxParallel: 2,
      script: { a: { delayMs: 1 }, b: { delayMs: 2 } },
      ports: {
        events: {
          create(_owner, make) {
            const event = make(1);
            stored.push(event);
            return event;
          },
          append(_runId, events) {
            appends += 1;
            if (appends === refused) throw FULL;
            stored.push(...events);
          },
          saveReport: () => undefined,
          addProcess: () => undefined,
          removeProcess: () => undefined,
        },
      },
    });
    const broken: RunId[] = [];
    memory.engine.subscribeBroken((runId) => broken.push(runId));
    const stages = [stage('a'), stage('b'), stage('c', { needs: ['a', 'b'] })];
    const end = await memory.run(plan(stages), 2).catch((error: unknown) => error);
    if (appends < refused) {
      expect(end).toMatchObject({ state: { status: 'succeeded' } });
      return;
    }
    expect(end).toMatchObject({ code: 'disk-full', message: 'The disk is full.' });
    expect(appends).toBe(refused);
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_event, index) => index + 1));
    expect(broken).toHaveLength(1);
    const next = await memory.run(plan([stage('x', { slots: 2 })]), 2);
    expect(next.state.status).toBe('succeeded');
  },
);
