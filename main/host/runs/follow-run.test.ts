import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EngineListener } from '#main/engine/engine.ts';
import { runIdOf } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { followRun } from './follow-run.ts';

const RUN = runIdOf('run');

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** The next value, with time going on. */
async function nextOf<Value>(values: AsyncGenerator<Value, void>): Promise<IteratorResult<Value, void>> {
  const next = values.next();
  await vi.advanceTimersByTimeAsync(500);
  return next;
}

/** A store that events are appended to, by this host (which announces them) or by another (which does not). */
function setUp() {
  const stored: RunEvent[] = [];
  const listeners = new Set<EngineListener>();
  let isActive = true;
  const append = (count: number, isOwn: boolean, isLast = false): void => {
    const events = Array.from({ length: count }, (_, index): RunEvent => {
      const seq = stored.length + 1 + index;
      const base = { runId: RUN, seq, at: '2026-01-01T00:00:00.000Z' };
      return isLast && index === count - 1
        ? { ...base, type: 'run-finished', status: 'succeeded' }
        : { ...base, type: 'run-started' };
    });
    stored.push(...events);
    if (isLast) isActive = false;
    if (isOwn) for (const listener of listeners) listener(RUN, events);
  };
  const follow = (afterSeq: number, signal?: AbortSignal) =>
    followRun({
      events: { read: (_run, after, limit) => stored.slice(after, after + limit) },
      engine: {
        get: () => undefined,
        subscribe: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
      runId: RUN,
      afterSeq,
      signal,
      isActive: () => isActive,
    });
  return { append, follow, listeners, stored };
}

it('gives every event once and in order, however they come and wherever it begins', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 700 }), fc.boolean()), { minLength: 1, maxLength: 4 }),
      fc.nat(19),
      async (bursts, afterSeq) => {
        const { append, follow, listeners, stored } = setUp();
        append(20, true);
        const seen: number[] = [];
        const left = [...bursts];
        const events = follow(afterSeq);
        for (let batch = await nextOf(events); batch.done !== true; batch = await nextOf(events)) {
          seen.push(...batch.value.map(({ seq }) => seq));
          const next = left.shift();
          if (next) append(next[0], next[1], left.length === 0);
        }
        expect(seen).toEqual(stored.slice(afterSeq).map(({ seq }) => seq));
        expect(listeners.size).toBe(0);
      },
    ),
    { numRuns: 200 },
  );
});

it('finds what another host stores without being told', async () => {
  const { append, follow } = setUp();
  append(1, true);
  const events = follow(0);
  expect((await nextOf(events)).value).toHaveLength(1);
  const next = events.next();
  await vi.advanceTimersByTimeAsync(50);
  append(2, false, true);
  await vi.advanceTimersByTimeAsync(500);
  expect((await next).value).toHaveLength(2);
  expect((await nextOf(events)).done).toBe(true);
});

it('ends at once for a run that is over and known', async () => {
  const { append, follow } = setUp();
  append(3, true, true);
  expect((await nextOf(follow(3))).done).toBe(true);
});

it('ends quietly on abort and lets go of the engine', async () => {
  const { append, follow, listeners } = setUp();
  const abort = new AbortController();
  append(1, true);
  const events = follow(0, abort.signal);
  await nextOf(events);
  const next = events.next();
  abort.abort();
  expect((await next).done).toBe(true);
  expect(listeners.size).toBe(0);
});
