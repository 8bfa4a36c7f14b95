import type { Migration } from './migration.ts';

/**
 * Hosts that stages run on by SSH: what is known of those that somebody has registered, and who has or waits for slots of
 * them (`host`: the one that was asked for; `taken`: the one that was given, null while it waits).
 */
export const sshHosts: Migration = {
  version: 10,
  sql: `
    CREATE TABLE ssh_hosts (
      name TEXT PRIMARY KEY,
      labels TEXT NOT NULL,
      slots INTEGER NOT NULL CHECK (slots >= 1),
      tested_at TEXT,
      problem TEXT
    ) STRICT;
    CREATE TABLE ssh_slot_requests (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      host TEXT,
      labels TEXT NOT NULL,
      slots INTEGER NOT NULL,
      taken TEXT,
      owner_host TEXT NOT NULL,
      owner_pid INTEGER NOT NULL,
      owner_started_at INTEGER NOT NULL,
      holder TEXT NOT NULL
    ) STRICT;
  `,
};
