import fsp from 'node:fs/promises';
import path from 'node:path';
import { blobFolders } from '#main/artifacts/blobs.ts';
import type { StoredRun } from '#main/store/retention.ts';
import type { StorageUsage } from '#shared/api/storage-schemas.ts';
import type { Host } from '../create-host.ts';
import { measureRuns, sizeOfFolder } from './measure-runs.ts';
import { readLastCollection } from './run-collection.ts';

const DATABASE_FILES = ['pipewright.db', 'pipewright.db-wal', 'pipewright.db-shm'];

type ProjectUsage = StorageUsage['projects'][number];

/** What a data folder takes. @throws the signal's reason */
export async function storageUsage(host: Host, signal: AbortSignal): Promise<StorageUsage> {
  const { store, dataDir } = host;
  let [logs, workspaces, other] = [0, 0, 0];
  const stored = store.retention.runs();
  const projects = new Map<string, ProjectUsage>();
  for await (const { run, sizes } of measureRuns(host, stored, signal)) {
    logs += sizes.logBytes;
    workspaces += sizes.workspaceBytes;
    other += sizes.otherBytes;
    const folderBytes = sizes.logBytes + sizes.workspaceBytes + sizes.otherBytes;
    projects.set(run.projectId, withRun(projects.get(run.projectId), run, folderBytes));
  }
  const { root, packs, incoming } = blobFolders(dataDir);
  let content = 0;
  for (const folder of [root, packs, incoming]) content += await sizeOfFolder(folder, signal);
  const caches = Math.min(content, store.caches.contentBytes());
  const database = await sizeOfFiles(DATABASE_FILES.map((name) => path.join(dataDir, name)));
  const parts = { logs, workspaces, artifacts: content - caches, caches, database, other };
  return {
    dataDir,
    totalBytes: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0),
    parts,
    disk: await diskOf(dataDir),
    runs: { count: stored.length, pinned: stored.filter(({ isPinned }) => isPinned).length },
    projects: [...projects.values()].sort((a, b) => b.sizeBytes - a.sizeBytes),
    lastCollection: readLastCollection(store),
  };
}

function withRun(usage: ProjectUsage | undefined, run: StoredRun, folderBytes: number): ProjectUsage {
  const { projectId, projectDir: dir } = run;
  const before = usage ?? {
    projectId,
    name: path.basename(dir) || dir,
    dir,
    runs: 0,
    pinned: 0,
    sizeBytes: 0,
  };
  return {
    ...before,
    runs: before.runs + 1,
    pinned: before.pinned + (run.isPinned ? 1 : 0),
    sizeBytes: before.sizeBytes + run.sizeBytes + folderBytes,
  };
}

async function sizeOfFiles(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await fsp.stat(file).catch(() => null))?.size));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

async function diskOf(dir: string): Promise<StorageUsage['disk']> {
  const disk = await fsp.statfs(dir).catch(() => null);
  return disk && { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize };
}
