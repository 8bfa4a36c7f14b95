import type { Database } from 'better-sqlite3';
import type { AccessRule, Channel, ChannelMove } from '#main/engine/repository-ports.ts';
import { CURRENT_MOVES } from './repository-versions.ts';

/** Channels of packages with all their moves, and who may do what. Any number of processes may use it at once. */
export interface RepositoryChannels {
  /** Where the channels of a package, or of all, point to now. */
  list(name: string | null): Channel[];
  /** Newest first. */
  history(name: string, channel: string): ChannelMove[];
  /** Null when there is no such version. */
  move(to: Channel): ChannelMove | null;
  rules(name: string): AccessRule[];
  /** @param allowed null removes the rule */
  setRule(rule: Omit<AccessRule, 'allowed'> & { readonly allowed: readonly string[] | null }): void;
}

export function createRepositoryChannels(db: Database): RepositoryChannels {
  const columns = 'name, channel, version, moved_by AS movedBy, moved_at AS movedAt';
  const selectCurrent = db.prepare<{ name: string | null }, Channel>(
    `SELECT ${columns} FROM (${CURRENT_MOVES}) WHERE @name IS NULL OR name = @name ORDER BY name, channel`,
  );
  const selectHistory = db.prepare<[string, string], ChannelMove>(
    `SELECT ${columns}, previous AS "from" FROM repository_moves WHERE name = ? AND channel = ? ORDER BY id DESC`,
  );
  const selectVersion = db.prepare<[string, string]>(
    'SELECT 1 FROM repository_versions WHERE name = ? AND version = ?',
  );
  const insert = db.prepare(
    `INSERT INTO repository_moves (name, channel, version, previous, moved_by, moved_at)
     VALUES (@name, @channel, @version, @from, @movedBy, @movedAt)`,
  );
  const selectRules = db.prepare<[string], { name: string; channel: string; allowed: string }>(
    'SELECT name, channel, allowed FROM repository_access WHERE name = ? ORDER BY channel',
  );
  const upsertRule = db.prepare(
    `INSERT INTO repository_access (name, channel, allowed) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET allowed = excluded.allowed`,
  );
  const deleteRule = db.prepare('DELETE FROM repository_access WHERE name = ? AND channel = ?');

  const move = db.transaction((to: Channel): ChannelMove | null => {
    if (selectVersion.get(to.name, to.version) === undefined) return null;
    const from = selectHistory.get(to.name, to.channel)?.version ?? null;
    const moved = { ...to, from };
    if (from !== to.version) insert.run(moved);
    return moved;
  });

  return {
    list: (name) => selectCurrent.all({ name }),
    history: (name, channel) => selectHistory.all(name, channel),
    move: (to) => move.immediate(to),
    rules: (name) =>
      selectRules.all(name).map(({ channel, allowed, ...rule }) => ({
        ...rule,
        channel: channel === '' ? null : channel,
        allowed: JSON.parse(allowed) as string[],
      })),
    setRule({ name, channel, allowed }) {
      if (allowed === null) deleteRule.run(name, channel ?? '');
      else upsertRule.run(name, channel ?? '', JSON.stringify(allowed));
    },
  };
}
