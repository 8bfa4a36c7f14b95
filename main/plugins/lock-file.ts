import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import { PLUGIN_LOCK_FILE, type PluginLock, pluginLockSchema } from '#shared/plugins/lock.ts';

const EMPTY: PluginLock = { version: 1, plugins: {} };
const MAX_LOCK_BYTES = 8 * 1024 * 1024;

const lockPath = (projectDir: string): string => path.join(projectDir, ...PLUGIN_LOCK_FILE.split('/'));

/** Reads the lock file of a project; empty when there is none. @throws AppError `plugin-invalid` */
export function readPluginLock(projectDir: string): PluginLock {
  const file = lockPath(projectDir);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return EMPTY;
  if (!stats.isFile() || stats.size > MAX_LOCK_BYTES) throw broken('it is no plain file of a few megabytes');
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw broken('it is no JSON');
  }
  const parsed = pluginLockSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw broken(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`);
}

/** What of a lock file changes with it; '' when there is none. */
export function lockStamp(projectDir: string): string {
  const stats = statSync(lockPath(projectDir), { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}

/** Writes it whole or not at all; names are sorted, so that a change of one plugin is a change of its lines. */
export function writePluginLock(projectDir: string, { plugins }: PluginLock): void {
  const file = lockPath(projectDir);
  const sorted = Object.fromEntries(Object.entries(plugins).sort(([a], [b]) => (a < b ? -1 : 1)));
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, `${JSON.stringify({ version: 1, plugins: sorted }, null, 2)}\n`);
  renameSync(draft, file);
}

const broken = (why: string): AppError =>
  new AppError('plugin-invalid', `${PLUGIN_LOCK_FILE} cannot be read: ${why}.`, {
    hint: 'Take it from version control again, or remove it and add the plugins anew.',
  });
