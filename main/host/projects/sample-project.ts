import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The commit needs an author; the user's own name has no business in a sample. */
const GIT_ENV = {
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Pipewright',
  GIT_AUTHOR_EMAIL: 'sample@pipewright.invalid',
  GIT_COMMITTER_NAME: 'Pipewright',
  GIT_COMMITTER_EMAIL: 'sample@pipewright.invalid',
};

/**
 * Copies the sample project and makes a real Git repository of it, unless it is there already; safe to call at once by several.
 * Without Git it stays a plain folder.
 */
export async function createSampleProject(templateDir: string, targetDir: string): Promise<void> {
  if (existsSync(targetDir)) return;
  const draft = `${targetDir}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(path.dirname(targetDir), { recursive: true });
  try {
    await cp(templateDir, draft, { recursive: true });
    await makeRepository(draft);
    await rename(draft, targetDir);
  } catch (error) {
    // Someone else was faster.
    if (!existsSync(targetDir)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function makeRepository(dir: string): Promise<void> {
  const git = (...args: readonly string[]): Promise<unknown> =>
    run('git', ['-c', 'commit.gpgsign=false', ...args], {
      cwd: dir,
      env: { ...process.env, ...GIT_ENV },
      windowsHide: true,
    });
  try {
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '--all');
    await git('commit', '--quiet', '--message=A parcel price service');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
