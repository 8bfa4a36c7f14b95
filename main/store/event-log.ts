import fs from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import type { EventStore, RunOwner } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { projectIdOfDir } from './project-id.ts';
import { changesRows, createRunChange } from './run-change.ts';
import { searchTextOf } from './run-rows.ts';
import { createReportWriter } from './save-report.ts';

/** The engine's store, and what streams of events are served from. */
export interface EventLog extends EventStore {
  /** Events with `seq` greater than `afterSeq`, in order; fewer than `limit` only at the end. */
  read(runId: RunId, afterSeq: number, limit: number): RunEvent[];
  /** The last stored event's `seq`; 0 when there is no such run. Cheap enough to poll. */
  lastSeq(runId: RunId): number;
}

/**
 * `create` calls `make` twice, first with 0 to learn the project whose numbers to count, so it must have no effect.
 * The end of a run is refused when the database was removed meanwhile (`store-failed`).
 * @throws Error when an appended event's `seq` is taken, as by another host that took the run over
 */
export function createEventLog(db: Database): EventLog {
  const insertEvent = db.prepare('INSERT INTO events VALUES (?, ?, ?)');
  const nextNumber = db
    .prepare<[string], number>(
      `INSERT INTO run_numbers VALUES (?, 1) ON CONFLICT (project_id) DO UPDATE SET last = last + 1 RETURNING last`,
    )
    .pluck();
  const insertRun = db.prepare(
    `INSERT INTO runs (id, number, name, project_id, project_dir, pipeline_file, status, trigger, git, search_text,
       created_at, stage_count, owner_host, owner_pid, owner_started_at, changed)
     VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
  );
  const insertProcess = db.prepare('INSERT OR REPLACE INTO processes VALUES (?, ?, ?)');
  const deleteProcess = db.prepare('DELETE FROM processes WHERE run_id = ? AND pid = ?');
  const selectEvents = db
    .prepare<[string, number, number], string>(
      'SELECT body FROM events WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?',
    )
    .pluck();
  const selectLastSeq = db
    .prepare<[string], number>('SELECT seq FROM events WHERE run_id = ? ORDER BY seq DESC LIMIT 1')
    .pluck();
  const reports = createReportWriter(db);
  const changeRun = createRunChange(db, reports);
  const isStillThere = createPresenceCheck(db.name);

  const insertAll = db.transaction(
    (runId: RunId, events: readonly RunEvent[], changing: readonly RunEvent[]) => {
      for (const event of events) insertEvent.run(runId, event.seq, JSON.stringify(event));
      if (changing.length > 0) changeRun(runId, changing);
    },
  );

  const create = db.transaction((owner: RunOwner, make: (number: number) => RunEvent): RunEvent => {
    const draft = make(0);
    if (draft.type !== 'run-created') throw new Error(`A run begins with run-created, not ${draft.type}`);
    const projectId = projectIdOfDir(draft.projectDir);
    const event = make(nextNumber.get(projectId) ?? 1);
    if (event.type !== 'run-created') throw new Error(`A run begins with run-created, not ${event.type}`);
    const git = event.git === null ? null : JSON.stringify(event.git);
    insertRun.run(
      event.runId,
      event.number,
      event.name,
      projectId,
      event.projectDir,
      event.pipelineFile,
      event.trigger.type,
      git,
      searchTextOf(event),
      event.at,
      event.plan.stages.length,
      owner.hostId,
      owner.pid,
      owner.startedAt,
    );
    insertEvent.run(event.runId, event.seq, JSON.stringify(event));
    changeRun(event.runId, []);
    return event;
  });

  return {
    create: (owner, make) => create.immediate(owner, make),
    append(runId, events) {
      if (events.at(-1)?.type === 'run-finished' && !isStillThere()) throw goneError(db.name);
      const changing = events.filter(changesRows);
      const [only] = events;
      if (events.length === 1 && changing.length === 0 && only) {
        insertEvent.run(runId, only.seq, JSON.stringify(only));
      } else if (events.length > 0) {
        insertAll.immediate(runId, events, changing);
      }
    },
    saveReport: (...words) => reports.save(...words),
    addProcess(runId, pid, spawnedAtMs) {
      insertProcess.run(runId, pid, Math.round(spawnedAtMs));
    },
    removeProcess(runId, pid) {
      deleteProcess.run(runId, pid);
    },
    read: (runId, afterSeq, limit) =>
      selectEvents.all(runId, afterSeq, limit).map((body) => JSON.parse(body) as RunEvent),
    lastSeq: (runId) => selectLastSeq.get(runId) ?? 0,
  };
}

/**
 * Where files may be removed while they are open, SQLite goes on writing to what nobody will find again.
 * @returns a function that tells whether the file still is the one of now; one stat
 */
function createPresenceCheck(file: string): () => boolean {
  const inodeOf = (): number | null => fs.statSync(file, { throwIfNoEntry: false })?.ino ?? null;
  const opened = inodeOf();
  return () => inodeOf() === opened;
}

function goneError(file: string): AppError {
  return new AppError(
    'store-failed',
    `The data folder ${path.dirname(file)} was removed while this run was under way.`,
    {
      hint: 'What it stored is lost; run it again.',
    },
  );
}
