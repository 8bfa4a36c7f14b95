import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { RunOwner, SshWish } from '#main/engine/ports.ts';
import { assignSlots, hostsFor, type SlotRequest } from './assign-slots.ts';
import { createSshHosts } from './ssh-hosts.ts';

/** What became of a request: a host was given, it waits, no host will ever do, or it is not there any more. */
export type SlotAnswer =
  { readonly type: 'given'; readonly host: string } | { readonly type: 'waits' | 'no-host' | 'gone' };

/** Who has slots of hosts, and who waits for some, over all processes that share the database. */
export interface SshSlotRequests {
  /** @returns the request's id */
  add(wish: SshWish, slots: number, owner: RunOwner, holder: string): number;
  /** Gives out what is free, and answers for each of these requests, in one transaction. */
  settle(ids: readonly number[]): ReadonlyMap<number, SlotAnswer>;
  /** Those who have or want slots, each once. */
  owners(): RunOwner[];
  /** All requests of an owner that is gone. */
  removeOf(owner: RunOwner): void;
  remove(id: number): void;
  /** How many slots are taken, by host. */
  used(): ReadonlyMap<string, number>;
}

interface RequestRow {
  readonly id: number;
  readonly host: string | null;
  readonly labels: string;
  readonly slots: number;
  readonly taken: string | null;
}

export function createSshSlotRequests(db: Database): SshSlotRequests {
  const hosts = createSshHosts(db);
  const insert = db.prepare(
    `INSERT INTO ssh_slot_requests (host, labels, slots, owner_host, owner_pid, owner_started_at, holder)
     VALUES (@host, @labels, @slots, @hostId, @pid, @startedAt, @holder)`,
  );
  const selectAll = db.prepare<[], RequestRow>(
    'SELECT id, host, labels, slots, taken FROM ssh_slot_requests ORDER BY id',
  );
  const take = db.prepare('UPDATE ssh_slot_requests SET taken = ? WHERE id = ?');
  const selectOwners = db.prepare<[], RunOwner>(
    `SELECT DISTINCT owner_host AS hostId, owner_pid AS pid, owner_started_at AS startedAt FROM ssh_slot_requests`,
  );
  const removeOf = db.prepare(
    `DELETE FROM ssh_slot_requests
     WHERE owner_host = @hostId AND owner_pid = @pid AND owner_started_at = @startedAt`,
  );
  const remove = db.prepare('DELETE FROM ssh_slot_requests WHERE id = ?');
  const selectUsed = db.prepare<[], { host: string; slots: number }>(
    `SELECT taken AS host, sum(slots) AS slots FROM ssh_slot_requests WHERE taken IS NOT NULL GROUP BY taken`,
  );

  const settle = db.transaction((ids: readonly number[]): ReadonlyMap<number, SlotAnswer> => {
    const known = hosts.list();
    const requests = selectAll.all().map(requestOf);
    const given = assignSlots(requests, known);
    for (const [id, host] of given) take.run(host, id);
    const byId = new Map(requests.map((request) => [request.id, request]));
    return new Map(
      ids.map((id): [number, SlotAnswer] => {
        const request = byId.get(id);
        if (request === undefined) return [id, { type: 'gone' }];
        const host = request.taken ?? given.get(id);
        if (host !== undefined) return [id, { type: 'given', host }];
        return [id, { type: hostsFor(request.wish, known).length === 0 ? 'no-host' : 'waits' }];
      }),
    );
  });

  return {
    add: ({ host, labels }, slots, { hostId, pid, startedAt }, holder) =>
      Number(
        insert.run({ host, labels: JSON.stringify(labels), slots, hostId, pid, startedAt, holder })
          .lastInsertRowid,
      ),
    settle: (ids) => settle.immediate(ids),
    owners: () => selectOwners.all(),
    removeOf: ({ hostId, pid, startedAt }) => void removeOf.run({ hostId, pid, startedAt }),
    remove: (id) => void remove.run(id),
    used: () => new Map(selectUsed.all().map(({ host, slots }) => [host, slots])),
  };
}

function requestOf({ id, host, labels, slots, taken }: RequestRow): SlotRequest {
  return { id, wish: { host, labels: z.array(z.string()).parse(JSON.parse(labels)) }, slots, taken };
}
