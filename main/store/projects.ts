import fs from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Project } from '#shared/api/schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { type ProjectId, projectIdOf } from '#shared/lib/ids.ts';
import { projectIdOfDir } from './project-id.ts';
import { RUN_COLUMNS, type RunRow, summaryOf } from './run-rows.ts';

export interface Projects {
  /**
   * Adds a folder, or opens it again; idempotent.
   * @throws AppError `folder-not-found`
   */
  add(dir: string, options?: { readonly isSample?: boolean }): Project;
  /** Most recently opened first. */
  list(): Project[];
  /** @throws AppError `project-not-found` */
  get(projectId: ProjectId): Project;
  /** Takes it off the list, keeping its runs and their numbering. False when it was not there. */
  remove(projectId: ProjectId): boolean;
  /** Notes that it was opened now. */
  touch(projectId: ProjectId): void;
}

interface ProjectRow {
  readonly id: string;
  readonly name: string;
  readonly dir: string;
  readonly is_sample: number;
  readonly added_at: string;
  readonly opened_at: string;
}

/** @param now epoch milliseconds */
export function createProjects(db: Database, now: () => number): Projects {
  const upsert = db.prepare(
    `INSERT INTO projects (id, name, dir, is_sample, added_at, opened_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET opened_at = excluded.opened_at, is_sample = max(is_sample, excluded.is_sample)`,
  );
  const selectAll = db.prepare<[], ProjectRow>('SELECT * FROM projects ORDER BY opened_at DESC, name, id');
  const selectOne = db.prepare<[string], ProjectRow>('SELECT * FROM projects WHERE id = ?');
  const deleteOne = db.prepare('DELETE FROM projects WHERE id = ?');
  const open = db.prepare('UPDATE projects SET opened_at = ? WHERE id = ?');
  const selectLastRun = db.prepare<[string], RunRow>(
    `SELECT ${RUN_COLUMNS} FROM runs WHERE project_id = ? ORDER BY created_at DESC, id DESC LIMIT 1`,
  );
  const timestamp = (): string => new Date(now()).toISOString();

  function projectOf(row: ProjectRow): Project {
    const lastRun = selectLastRun.get(row.id);
    return {
      id: projectIdOf(row.id),
      name: row.name,
      dir: row.dir,
      addedAt: row.added_at,
      openedAt: row.opened_at,
      exists: isFolder(row.dir),
      isSample: row.is_sample === 1,
      lastRun: lastRun ? summaryOf(lastRun) : null,
    };
  }

  function get(projectId: ProjectId): Project {
    const row = selectOne.get(projectId);
    if (row) return projectOf(row);
    throw new AppError('project-not-found', `There is no project ${projectId}.`, {
      hint: 'Add its folder again.',
    });
  }

  return {
    add(dir, { isSample = false } = {}) {
      if (!isFolder(dir)) {
        throw new AppError('folder-not-found', `There is no folder ${path.resolve(dir)}.`, {
          hint: 'Choose a folder that exists.',
        });
      }
      const realDir = fs.realpathSync.native(dir);
      const id = projectIdOfDir(realDir);
      const at = timestamp();
      upsert.run(id, path.basename(realDir) || realDir, realDir, isSample ? 1 : 0, at, at);
      return get(id);
    },
    list: () => selectAll.all().map(projectOf),
    get,
    remove: (projectId) => deleteOne.run(projectId).changes > 0,
    touch(projectId) {
      open.run(timestamp(), projectId);
    },
  };
}

function isFolder(dir: string): boolean {
  try {
    return fs.statSync(dir).isDirectory();
  } catch {
    return false;
  }
}
