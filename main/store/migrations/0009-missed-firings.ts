import type { Migration } from './migration.ts';

/** How many times of a schedule went by unseen and became one firing. */
export const missedFirings: Migration = {
  version: 9,
  sql: `
    ALTER TABLE trigger_firings ADD COLUMN missed INTEGER NOT NULL DEFAULT 0;
  `,
};
