import { expect, it } from 'vitest';
import type { SshWish } from '#main/engine/ports.ts';
import { openStore } from './open-store.ts';
import { createSshSlots } from './ssh-slots.ts';
import { OWNER, tempStore } from './store-fixture.ts';

const at = (host: string): SshWish => ({ host, labels: [] });
const withLabels = (...labels: string[]): SshWish => ({ host: null, labels });
const never = new AbortController().signal;

function slotsOf(store: ReturnType<typeof openStore>, isAlive = () => true) {
  const slots = createSshSlots({ requests: store.sshSlotRequests, isAlive });
  return (wish: SshWish, count = 1, signal = never) => slots.take(wish, count, OWNER, 'run/stage', signal);
}

it('lets a stage wait until another gives its slot back', async () => {
  using temp = tempStore();
  const take = slotsOf(temp.store);
  const first = await take(at('build-1'));
  const order: string[] = [];
  const second = take(at('build-1')).then((taken) => {
    order.push('second');
    return taken;
  });
  order.push('freed');
  first.free();
  first.free();
  const taken = await second;
  expect(order).toEqual(['freed', 'second']);
  expect(taken.host).toBe('build-1');
  expect(temp.store.sshSlotRequests.used()).toEqual(new Map([['build-1', 1]]));
  taken.free();
  expect(temp.store.sshSlotRequests.used().size).toBe(0);
});

it('counts what another process holds, and sees when that lets go', async () => {
  using temp = tempStore();
  const other = openStore(temp.dataDir);
  const taken = await slotsOf(other)(at('build-1'));
  const waiting = slotsOf(temp.store)(at('build-1'));
  taken.free();
  expect((await waiting).host).toBe('build-1');
  other.close();
});

it('takes the slots of an owner that has died for free', async () => {
  using temp = tempStore();
  temp.store.sshSlotRequests.add(at('build-1'), 1, { ...OWNER, hostId: 'dead' }, 'run/stage');
  temp.store.sshSlotRequests.settle([]);
  expect(temp.store.sshSlotRequests.used()).toEqual(new Map([['build-1', 1]]));
  const slots = createSshSlots({
    requests: temp.store.sshSlotRequests,
    isAlive: ({ hostId }) => hostId !== 'dead',
  });
  expect((await slots.take(at('build-1'), 1, OWNER, 'run/stage', never)).host).toBe('build-1');
});

it('says at once that no host has the labels, and finds one as soon as it is registered', async () => {
  using temp = tempStore();
  const take = slotsOf(temp.store);
  expect((await take(withLabels('gpu'))).host).toBeNull();
  temp.store.sshHosts.save({ name: 'build-1', labels: ['gpu', 'linux'], slots: 1 });
  const first = await take(withLabels('gpu'));
  expect(first.host).toBe('build-1');
  const second = take(withLabels('gpu'));
  temp.store.sshHosts.save({ name: 'build-2', labels: ['gpu'], slots: 1 });
  expect((await second).host).toBe('build-2');
});

it('gives up a wait that is ended, and leaves no request behind', async () => {
  using temp = tempStore();
  const take = slotsOf(temp.store);
  const first = await take(at('build-1'));
  const end = new AbortController();
  const waiting = take(at('build-1'), 1, end.signal);
  end.abort(new Error('ended'));
  await expect(waiting).rejects.toThrow('ended');
  first.free();
  expect(temp.store.sshSlotRequests.owners()).toEqual([]);
});

it('keeps what is known of a host over another change of it', () => {
  using temp = tempStore();
  const { sshHosts } = temp.store;
  sshHosts.save({ name: 'b', labels: ['x', 'a', 'x'], slots: 2 });
  sshHosts.save({ name: 'a', labels: [], slots: 1 });
  sshHosts.recordTest('b', { at: '2026-11-02T09:00:00.000Z', problem: 'It sleeps.' });
  sshHosts.recordTest('nobody', { at: '2026-11-02T09:00:00.000Z', problem: null });
  sshHosts.save({ name: 'b', labels: ['a'], slots: 3 });
  expect(sshHosts.list()).toEqual([
    { name: 'a', labels: [], slots: 1, lastTest: null },
    {
      ...{ name: 'b', labels: ['a'], slots: 3 },
      lastTest: { at: '2026-11-02T09:00:00.000Z', problem: 'It sleeps.' },
    },
  ]);
  expect([sshHosts.remove('b'), sshHosts.remove('b')]).toEqual([true, false]);
  expect(sshHosts.list().map(({ name }) => name)).toEqual(['a']);
});
