import type { Database } from 'better-sqlite3';
import { z } from 'zod';

/** A host that somebody has registered, by the name under which OpenSSH knows it. */
export interface SshHost {
  readonly name: string;
  /** Sorted, each once. */
  readonly labels: readonly string[];
  /** Stages that may run there at once; at least 1. */
  readonly slots: number;
  /** The last test of the connection; null: there was none. */
  readonly lastTest: { readonly at: string; /** Null: it works. */ readonly problem: string | null } | null;
}

export interface SshHosts {
  /** By name. */
  list(): SshHost[];
  /** Registers a host, or changes what is known of it; what its last test said stays. */
  save(host: Pick<SshHost, 'name' | 'labels' | 'slots'>): void;
  /** Nothing happens for one that is not registered. */
  recordTest(name: string, test: NonNullable<SshHost['lastTest']>): void;
  /** False when it was not registered. */
  remove(name: string): boolean;
}

interface HostRow {
  readonly name: string;
  readonly labels: string;
  readonly slots: number;
  readonly testedAt: string | null;
  readonly problem: string | null;
}

export function createSshHosts(db: Database): SshHosts {
  const selectAll = db.prepare<[], HostRow>(
    'SELECT name, labels, slots, tested_at AS testedAt, problem FROM ssh_hosts ORDER BY name',
  );
  const upsert = db.prepare(
    `INSERT INTO ssh_hosts (name, labels, slots) VALUES (@name, @labels, @slots)
     ON CONFLICT (name) DO UPDATE SET labels = excluded.labels, slots = excluded.slots`,
  );
  const recordTest = db.prepare(
    'UPDATE ssh_hosts SET tested_at = @at, problem = @problem WHERE name = @name',
  );
  const remove = db.prepare('DELETE FROM ssh_hosts WHERE name = ?');
  return {
    list: () => selectAll.all().map(hostOf),
    save: ({ name, labels, slots }) =>
      void upsert.run({ name, labels: JSON.stringify([...new Set(labels)].sort()), slots }),
    recordTest: (name, { at, problem }) => void recordTest.run({ name, at, problem }),
    remove: (name) => remove.run(name).changes > 0,
  };
}

function hostOf({ name, labels, slots, testedAt, problem }: HostRow): SshHost {
  return {
    name,
    labels: z.array(z.string()).parse(JSON.parse(labels)),
    slots,
    lastTest: testedAt === null ? null : { at: testedAt, problem },
  };
}
