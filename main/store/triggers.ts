import type { Database } from 'better-sqlite3';
import type { NewFiring, TriggerFiring, TriggerKey, TriggerType } from '#shared/api/trigger-schemas.ts';
import type { ProjectId, RunId } from '#shared/lib/ids.ts';
import type { RunStatus } from '#shared/run/status.ts';

/** What triggers remember; the port is `TriggerStore` of main/triggers. */
export interface TriggerStore {
  holdLease(holder: string, nowMs: number, forMs: number): boolean;
  releaseLease(holder: string): void;
  stateOf(key: TriggerKey): {
    readonly paused: boolean;
    readonly cursor: string | null;
    readonly fault: string | null;
    readonly askedAtMs: number | null;
    readonly askNextAtMs: number | null;
  };
  setPaused(key: TriggerKey, paused: boolean): void;
  setCursor(key: TriggerKey, cursor: string): void;
  setFault(key: TriggerKey, fault: string | null): void;
  setAsked(key: TriggerKey, atMs: number, nextAtMs: number): void;
  record(firing: NewFiring): void;
  firings(query: {
    readonly projectId?: ProjectId | undefined;
    readonly file?: string | undefined;
    readonly type?: TriggerType | undefined;
    readonly limit: number;
  }): TriggerFiring[];
  rememberDelivery(ids: readonly string[], nowMs: number): boolean;
  /** Differs when a pause, a fault, a look at a remote, a firing or a run may have changed, whichever process did it. Cheap enough to poll. */
  mark(): string;
}

/** Firings that are kept of one trigger. */
const KEPT_FIRINGS = 200;
const KEPT_DELIVERIES_MS = 90 * 86_400_000;

interface StateRow {
  readonly paused: number;
  readonly cursor: string | null;
  readonly fault: string | null;
  readonly askedAt: number | null;
  readonly askNextAt: number | null;
}

interface FiringRow {
  readonly projectId: string;
  readonly file: string;
  readonly type: string;
  readonly at: string;
  readonly reason: string;
  readonly runId: string | null;
  readonly skipped: string | null;
  readonly missed: number;
  readonly number: number | null;
  readonly status: RunStatus | null;
}

export function createTriggerStore(db: Database): TriggerStore {
  // A lease that lies far in the future was taken before the clock went back.
  const take = db.prepare(
    `INSERT INTO trigger_lease VALUES (1, @holder, @until) ON CONFLICT (id) DO UPDATE
     SET holder = excluded.holder, expires_at = excluded.expires_at
     WHERE holder = @holder OR expires_at < @now OR expires_at > @until + @slack`,
  );
  const release = db.prepare('DELETE FROM trigger_lease WHERE holder = ?');
  const where = 'project_id = @projectId AND file = @file AND type = @type';
  const selectState = db.prepare<[TriggerKey], StateRow>(
    `SELECT paused, cursor, fault, asked_at AS askedAt, ask_next_at AS askNextAt FROM trigger_states WHERE ${where}`,
  );
  const set = (column: 'paused' | 'cursor' | 'fault') =>
    db.prepare(
      `INSERT INTO trigger_states (project_id, file, type, ${column}) VALUES (@projectId, @file, @type, @value)
       ON CONFLICT DO UPDATE SET ${column} = excluded.${column}`,
    );
  const [setPaused, setCursor, setFault] = [set('paused'), set('cursor'), set('fault')];
  const setAsked = db.prepare(
    `INSERT INTO trigger_states (project_id, file, type, asked_at, ask_next_at)
     VALUES (@projectId, @file, @type, @at, @next)
     ON CONFLICT DO UPDATE SET asked_at = excluded.asked_at, ask_next_at = excluded.ask_next_at`,
  );
  const insertFiring = db.prepare(
    `INSERT INTO trigger_firings (project_id, file, type, at, reason, run_id, skipped, missed)
     VALUES (@projectId, @file, @type, @at, @reason, @runId, @skipped, @missed)`,
  );
  const pruneFirings = db.prepare(
    `DELETE FROM trigger_firings WHERE ${where} AND id <=
       (SELECT id FROM trigger_firings WHERE ${where} ORDER BY id DESC LIMIT 1 OFFSET ${KEPT_FIRINGS})`,
  );
  const selectFirings = db.prepare<[Record<string, unknown>], FiringRow>(
    `SELECT firing.project_id AS projectId, file, type, at, reason, run_id AS runId, skipped, missed,
       runs.number, runs.status
     FROM trigger_firings AS firing LEFT JOIN runs ON runs.id = run_id
     WHERE (@projectId IS NULL OR firing.project_id = @projectId) AND (@file IS NULL OR file = @file)
       AND (@type IS NULL OR type = @type)
     ORDER BY firing.id DESC LIMIT @limit`,
  );
  const insertDelivery = db.prepare('INSERT OR IGNORE INTO webhook_deliveries VALUES (?, ?)');
  const pruneDeliveries = db.prepare('DELETE FROM webhook_deliveries WHERE at < ?');
  const selectDelivery = db.prepare('SELECT 1 FROM webhook_deliveries WHERE id = ?');

  const selectMark = db
    .prepare<[], string>(
      `SELECT (SELECT value FROM change_counter) || ' ' || (SELECT ifnull(max(id), 0) FROM trigger_firings) || ' ' ||
         (SELECT ifnull(group_concat(project_id || file || type || paused || ifnull(fault, '') || ifnull(asked_at, ''), char(10)), '')
          FROM trigger_states)`,
    )
    .pluck();

  const record = db.transaction((firing: NewFiring): void => {
    insertFiring.run({ missed: 0, ...firing });
    pruneFirings.run(firing);
  });
  const remember = db.transaction((ids: readonly string[], nowMs: number): boolean => {
    if (ids.some((id) => selectDelivery.get(id) !== undefined)) return false;
    for (const id of ids) insertDelivery.run(id, nowMs);
    pruneDeliveries.run(nowMs - KEPT_DELIVERIES_MS);
    return true;
  });

  return {
    holdLease: (holder, nowMs, forMs) =>
      take.run({ holder, now: nowMs, until: nowMs + forMs, slack: forMs }).changes > 0,
    releaseLease: (holder) => void release.run(holder),
    stateOf(key) {
      const row = selectState.get(plain(key));
      return {
        paused: row?.paused === 1,
        cursor: row?.cursor ?? null,
        fault: row?.fault ?? null,
        askedAtMs: row?.askedAt ?? null,
        askNextAtMs: row?.askNextAt ?? null,
      };
    },
    setPaused: (key, paused) => void setPaused.run({ ...plain(key), value: paused ? 1 : 0 }),
    setCursor: (key, cursor) => void setCursor.run({ ...plain(key), value: cursor }),
    setFault: (key, fault) => void setFault.run({ ...plain(key), value: fault }),
    setAsked: (key, at, next) => void setAsked.run({ ...plain(key), at, next }),
    record: (firing) => record.immediate(firing),
    firings: ({ projectId = null, file = null, type = null, limit }) =>
      selectFirings.all({ projectId, file, type, limit }).map(({ number, status, ...row }) => ({
        ...row,
        run: number === null || status === null ? null : { number, status },
        projectId: row.projectId as ProjectId,
        type: row.type as TriggerType,
        runId: row.runId as RunId | null,
      })),
    rememberDelivery: (ids, nowMs) => remember.immediate(ids, nowMs),
    mark: () => selectMark.get() ?? '',
  };
}

function plain({ projectId, file, type }: TriggerKey): TriggerKey {
  return { projectId, file, type };
}
