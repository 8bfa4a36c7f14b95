import type { Migration } from './migration.ts';

/** When a trigger asked its remote, and when it does so next; epoch milliseconds. */
export const askedRemotes: Migration = {
  version: 13,
  sql: `
    ALTER TABLE trigger_states ADD COLUMN asked_at INTEGER;
    ALTER TABLE trigger_states ADD COLUMN ask_next_at INTEGER;
  `,
};
