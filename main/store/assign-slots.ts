import type { SshWish } from '#main/engine/ports.ts';
import type { SshHost } from './ssh-hosts.ts';

/** A request for slots of a host; the ids are the order in which they came. */
export interface SlotRequest {
  readonly id: number;
  readonly wish: SshWish;
  /** At least 1. */
  readonly slots: number;
  /** The host that it was given; null: it waits. */
  readonly taken: string | null;
}

type Capacity = Pick<SshHost, 'name' | 'labels' | 'slots'>;

/** What a host has that nobody has registered. */
const UNREGISTERED_SLOTS = 1;

/** The hosts that a wish can be met by: the one that it names, else the registered ones with all of its labels. */
export function hostsFor(wish: SshWish, hosts: readonly Capacity[]): readonly Capacity[] {
  if (wish.host === null)
    return hosts.filter(({ labels }) => wish.labels.every((label) => labels.includes(label)));
  const known = hosts.find(({ name }) => name === wish.host);
  return [known ?? { name: wish.host, labels: [], slots: UNREGISTERED_SLOTS }];
}

/**
 * Which requests that wait get which hosts now. First come, first served: one that has to wait keeps those behind it from
 * its hosts, so that a request for many slots gets its turn. Of several hosts it is the one with most slots free; a request
 * for more slots than a host has takes all of them.
 * @param requests in their order
 */
export function assignSlots(
  requests: readonly SlotRequest[],
  hosts: readonly Capacity[],
): ReadonlyMap<number, string> {
  const used = new Map<string, number>();
  for (const { taken, slots } of requests)
    if (taken !== null) used.set(taken, (used.get(taken) ?? 0) + slots);
  const given = new Map<number, string>();
  for (const { id, wish, slots, taken } of requests) {
    if (taken !== null) continue;
    const able = hostsFor(wish, hosts).map((host) => ({
      ...host,
      free: host.slots - (used.get(host.name) ?? 0),
    }));
    const fitting = able.filter((host) => host.free >= Math.min(slots, host.slots));
    const best = fitting.toSorted((a, b) => b.free - a.free || (a.name < b.name ? -1 : 1))[0];
    if (best === undefined) for (const { name } of able) used.set(name, Infinity);
    else {
      used.set(best.name, (used.get(best.name) ?? 0) + slots);
      given.set(id, best.name);
    }
  }
  return given;
}
