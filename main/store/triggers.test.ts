import { expect, it } from 'vitest';
import type { TriggerKey } from '#shared/api/trigger-schemas.ts';
import { projectIdOf, runIdOf } from '#shared/lib/ids.ts';
import { tempStore } from './store-fixture.ts';

const KEY: TriggerKey = { projectId: projectIdOf('project1'), file: 'pipewright.yml', type: 'schedule' };

it('gives the right to fire to one host until it lets go or its time is over', () => {
  using temp = tempStore();
  const { triggers } = temp.store;
  expect(triggers.holdLease('a', 1_000, 100)).toBe(true);
  expect(triggers.holdLease('b', 1_050, 100)).toBe(false);
  expect(triggers.holdLease('a', 1_090, 100)).toBe(true);
  expect(triggers.holdLease('b', 1_150, 100)).toBe(false);
  expect(triggers.holdLease('b', 1_191, 100)).toBe(true);
  triggers.releaseLease('a');
  expect(triggers.holdLease('a', 1_200, 100)).toBe(false);
  triggers.releaseLease('b');
  expect(triggers.holdLease('a', 1_200, 100)).toBe(true);
});

it('does not wait for a lease from a future that a corrected clock has taken back', () => {
  using temp = tempStore();
  expect(temp.store.triggers.holdLease('a', 9_000_000, 100)).toBe(true);
  expect(temp.store.triggers.holdLease('b', 1_000, 100)).toBe(true);
});

it('keeps pause, cursor, fault and times of a trigger apart', () => {
  using temp = tempStore();
  const { triggers } = temp.store;
  const nothing = { paused: false, cursor: null, fault: null, askedAtMs: null, askNextAtMs: null };
  expect(triggers.stateOf(KEY)).toEqual(nothing);
  triggers.setPaused(KEY, true);
  triggers.setCursor(KEY, '5');
  triggers.setFault(KEY, 'no');
  triggers.setFault(KEY, null);
  const before = triggers.mark();
  triggers.setAsked(KEY, 1_000, 61_000);
  expect(triggers.mark()).not.toBe(before);
  expect(triggers.stateOf(KEY)).toEqual({
    paused: true,
    cursor: '5',
    fault: null,
    askedAtMs: 1_000,
    askNextAtMs: 61_000,
  });
  expect(triggers.stateOf({ ...KEY, type: 'watch' })).toEqual(nothing);
});

it('lists firings newest first and forgets the oldest of a trigger that fires a lot', () => {
  using temp = tempStore();
  const { triggers } = temp.store;
  const firing = { ...KEY, at: '2026-11-02T09:00:00.000Z', runId: null, skipped: null };
  triggers.record({ ...firing, type: 'push', reason: 'push', runId: runIdOf('r') });
  for (let number = 1; number <= 205; number += 1) triggers.record({ ...firing, reason: String(number) });
  const all = triggers.firings({ limit: 1_000 });
  expect(all).toHaveLength(201);
  expect(all[0]?.reason).toBe('205');
  expect(triggers.firings({ ...KEY, type: 'push', limit: 5 })).toMatchObject([
    { reason: 'push', runId: 'r' },
  ]);
});

it('knows a delivery by any of its names', () => {
  using temp = tempStore();
  const { triggers } = temp.store;
  expect(triggers.rememberDelivery(['name:1', 'hash:1'], 1)).toBe(true);
  expect(triggers.rememberDelivery(['name:2', 'hash:1'], 2)).toBe(false);
  expect(triggers.rememberDelivery(['name:1', 'hash:3'], 3)).toBe(false);
  expect(triggers.rememberDelivery(['name:2', 'hash:2'], 4)).toBe(true);
});

it('tells what became of the entries of a kind, the latest first', () => {
  using temp = tempStore();
  const { outbox } = temp.store;
  for (const key of ['a', 'b', 'c']) outbox.add({ key, body: { type: 'message', key } }, 10);
  outbox.add({ key: 'd', body: { type: 'news' } }, 10);
  const [a, b, c] = outbox.take(10, 100, 3);
  outbox.finish(a!.id, 20);
  outbox.retry(b!.id, 500, 'busy');
  outbox.giveUp(c!.id, 30, 'refused');
  expect(outbox.recent('message', 5)).toMatchObject([
    { body: { key: 'c' }, state: 'failed', at: 30, attempts: 1, error: 'refused' },
    { body: { key: 'b' }, state: 'waiting', at: 500, error: 'busy' },
    { body: { key: 'a' }, state: 'done', at: 20, error: null },
  ]);
  expect(outbox.recent('message', 1)).toHaveLength(1);
});

it('hands an outbox entry to one taker at a time and keeps what was given up', () => {
  using temp = tempStore();
  const { outbox } = temp.store;
  expect(outbox.add({ key: 'k', body: { a: 1 } }, 10)).toBe(true);
  expect(outbox.add({ key: 'k', body: { a: 2 } }, 10)).toBe(false);
  expect(outbox.take(9, 100, 5)).toEqual([]);
  const [entry] = outbox.take(10, 100, 5);
  expect(entry).toMatchObject({ body: { a: 1 }, attempts: 1 });
  expect(outbox.take(50, 100, 5)).toEqual([]);
  expect(outbox.take(110, 100, 5)).toMatchObject([{ attempts: 2 }]);
  outbox.finish(entry!.id, 120, [{ key: 'next', body: 'n' }]);
  expect(outbox.add({ key: 'k', body: {} }, 130)).toBe(false);
  const [next] = outbox.take(130, 100, 5);
  outbox.giveUp(next!.id, 140, 'refused');
  expect(outbox.nextAt()).toBeNull();
  expect(outbox.failures(5)).toEqual([{ body: 'n', attempts: 1, error: 'refused' }]);
});
