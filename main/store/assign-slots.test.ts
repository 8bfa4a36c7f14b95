import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignSlots, hostsFor, type SlotRequest } from './assign-slots.ts';

const host = (name: string, slots: number, ...labels: string[]) => ({ name, slots, labels });
const named = (id: number, name: string, slots = 1, taken: string | null = null): SlotRequest => ({
  ...{ id, slots, taken, wish: { host: name, labels: [] } },
});
const labelled = (id: number, labels: readonly string[], slots = 1): SlotRequest => ({
  ...{ id, slots, taken: null, wish: { host: null, labels } },
});

describe('slots of hosts', () => {
  it('gives a host that nobody has registered to one stage at a time', () => {
    expect([...assignSlots([named(1, 'a'), named(2, 'a'), named(3, 'b')], [])]).toEqual([
      [1, 'a'],
      [3, 'b'],
    ]);
  });

  it('gives out as many as a host has, those that are taken counted', () => {
    const requests = [named(1, 'a', 1, 'a'), named(2, 'a'), named(3, 'a'), named(4, 'a')];
    expect([...assignSlots(requests, [host('a', 3)]).keys()]).toEqual([2, 3]);
  });

  it('finds a host with all labels, and of several the one with most room', () => {
    const hosts = [host('a', 2, 'linux'), host('b', 3, 'gpu', 'linux'), host('c', 1, 'gpu', 'linux')];
    const requests = [1, 2, 3, 4, 5].map((id) => labelled(id, ['linux', 'gpu']));
    expect([...assignSlots(requests, hosts).values()]).toEqual(['b', 'b', 'b', 'c']);
    expect(hostsFor({ host: null, labels: ['mac'] }, hosts)).toEqual([]);
  });

  it('lets nobody overtake a request for more slots than are free', () => {
    const requests = [named(1, 'a', 1, 'a'), named(2, 'a', 2), named(3, 'a')];
    expect(assignSlots(requests, [host('a', 2)]).size).toBe(0);
  });

  it('gives a whole host to a request for more than it has', () => {
    expect([...assignSlots([named(1, 'a', 9)], [host('a', 2)])]).toEqual([[1, 'a']]);
    expect(assignSlots([named(1, 'a', 1, 'a'), named(2, 'a', 9)], [host('a', 2)]).size).toBe(0);
  });

  it('gives none more than it has, and nothing that fits is left', () => {
    const request = fc.record({ host: fc.constantFrom('a', 'b', null), label: fc.constantFrom('x', 'y') });
    fc.assert(
      fc.property(fc.array(request), fc.nat(3), fc.nat(3), (wishes, more, others) => {
        const hosts = [host('a', 1 + more, 'x'), host('b', 1 + others, 'x', 'y')];
        const requests = wishes.map((wish, id) =>
          wish.host === null ? labelled(id, [wish.label]) : named(id, wish.host),
        );
        const given = assignSlots(requests, hosts);
        for (const { name, slots } of hosts) {
          const used = [...given.values()].filter((each) => each === name).length;
          expect(used).toBeLessThanOrEqual(slots);
          const waiting = requests.filter(({ id }) => !given.has(id));
          const isWanted = waiting.some(({ wish }) =>
            hostsFor(wish, hosts).some((each) => each.name === name),
          );
          if (isWanted) expect(used).toBe(slots);
        }
      }),
    );
  });
});
