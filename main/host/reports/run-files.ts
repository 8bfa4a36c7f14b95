import { existsSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Store } from '#main/store/open-store.ts';
import { findWorkspace } from '#main/vcs/find-workspace.ts';
import { fileOfCommit } from '#main/vcs/git-history.ts';
import type { RunId } from '#shared/lib/ids.ts';

export interface FilesHost {
  readonly dataDir: string;
  readonly store: Pick<Store, 'events' | 'runs' | 'reports'>;
}

/** Longer files are none that people read. */
const MAX_BYTES = 2_000_000;

/** The folders in which a run's stages worked and that are still there; of `isolated` workspaces those that left reports. */
export async function runFolders(
  { dataDir, store }: FilesHost,
  runId: RunId,
  signal: AbortSignal,
): Promise<string[]> {
  const [first] = store.events.read(runId, 0, 1);
  if (first?.type !== 'run-created') return [];
  const { plan, projectDir } = first;
  const stages = plan.workspace === 'isolated' ? store.reports.latestOfAll(runId) : plan.stages.slice(0, 1);
  const folders = new Set<string>();
  for (const stage of stages) {
    const [id, attempt] = 'attempt' in stage ? [stage.stage, stage.attempt] : [stage.id, 1];
    const folder = await findWorkspace(dataDir, { runId, plan, projectDir, attempt, stage: id }, signal);
    if (folder !== null) folders.add(folder);
  }
  return [...folders];
}

/**
 * A text file as the run had it: of its workspace while that is kept, else of its commit.
 * @param file relative to the workspace, with forward slashes
 * @returns null when it is nowhere any more, is no text or too long, or lies outside
 * @throws AppError `run-not-found`
 */
export async function readRunFile(
  host: FilesHost,
  runId: RunId,
  file: string,
  signal: AbortSignal,
): Promise<string | null> {
  const run = host.store.runs.get(runId);
  if (!isInside(file)) return null;
  for (const folder of await runFolders(host, runId, signal)) {
    const bytes = await readInside(folder, file);
    if (bytes !== null) return textOf(bytes);
  }
  const bytes = run.git === null ? null : await fileOfCommit(run.projectDir, run.git.commit, file);
  return bytes === null ? null : textOf(bytes);
}

/** Whether a name may be looked for at all; links are checked where they are followed. */
function isInside(file: string): boolean {
  if (file === '' || /[\\\0]/.test(file) || path.posix.isAbsolute(file) || /^[a-z]:/i.test(file))
    return false;
  return file.split('/').every((part) => part !== '..' && part.toLowerCase() !== '.git');
}

async function readInside(folder: string, file: string): Promise<Uint8Array | null> {
  const absolute = path.join(folder, file);
  if (!existsSync(absolute)) return null;
  try {
    const [root, real] = await Promise.all([realpath(folder), realpath(absolute)]);
    if (!real.startsWith(root + path.sep)) return null;
    const facts = await stat(real);
    return facts.isFile() && facts.size <= MAX_BYTES ? await readFile(real) : null;
  } catch {
    // It may not be read, or went meanwhile: there is nothing to show.
    return null;
  }
}

function textOf(bytes: Uint8Array): string | null {
  if (bytes.length > MAX_BYTES || bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
