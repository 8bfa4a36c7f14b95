import fs from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import type { Git } from '../ports.ts';
import {
  HOOK_NAMES,
  type HookCommand,
  type HookName,
  hookScript,
  isOurs,
  KEPT_SUFFIX,
} from './hook-script.ts';

export interface HookStatus {
  readonly name: HookName;
  readonly file: string;
  /**
   * `replaced`: ours was there, and another tool has written its own over it since; the hook that was there before ours is
   * still kept.
   */
  readonly state: 'installed' | 'missing' | 'replaced';
  /** Whether another hook runs before ours. */
  readonly chained: boolean;
}

/** @throws AppError `usage` outside of a Git repository, and where its hooks are those of other repositories, too */
export async function hookStatus(git: Git, projectDir: string): Promise<HookStatus[]> {
  const { hooksDir } = await findHooks(git, projectDir);
  return Promise.all(HOOK_NAMES.map((name) => statusOf(hooksDir, name)));
}

/**
 * Puts our hook in the place of what is there, which is kept and runs first. Installing again renews ours.
 * @throws AppError `usage`, as `hookStatus`
 */
export async function installHooks(
  git: Git,
  projectDir: string,
  names: readonly HookName[],
  command: Omit<HookCommand, 'project' | 'before'>,
): Promise<HookStatus[]> {
  const { hooksDir, topDir } = await findHooks(git, projectDir);
  const relative = path.relative(topDir, await fs.realpath(projectDir));
  const project = relative === '' ? '.' : relative.split(path.sep).join('/');
  await fs.mkdir(hooksDir, { recursive: true });
  for (const name of names) {
    const { file, state } = await statusOf(hooksDir, name);
    const exists = state !== 'missing' || (await readIfThere(file)) !== null;
    if (exists && state !== 'installed') await fs.rename(file, file + KEPT_SUFFIX);
    // Renamed into place, so that Git never starts half of it.
    const draft = `${file}.${process.pid}.draft`;
    const before = await readIfThere(file + KEPT_SUFFIX);
    await fs.writeFile(draft, hookScript(name, { ...command, project, before }), { mode: 0o755 });
    await fs.rename(draft, file);
  }
  return hookStatus(git, projectDir);
}

/** Takes ours out; what was there before is there again, the same file. What another tool wrote over ours stays. */
export async function removeHooks(git: Git, projectDir: string): Promise<HookStatus[]> {
  const { hooksDir } = await findHooks(git, projectDir);
  for (const name of HOOK_NAMES) {
    const { file, state } = await statusOf(hooksDir, name);
    if (state !== 'installed') continue;
    if ((await readIfThere(file + KEPT_SUFFIX)) === null) await fs.rm(file);
    else await fs.rename(file + KEPT_SUFFIX, file);
  }
  return hookStatus(git, projectDir);
}

async function statusOf(hooksDir: string, name: HookName): Promise<HookStatus> {
  const file = path.join(hooksDir, name);
  const script = await readIfThere(file);
  const chained = (await readIfThere(file + KEPT_SUFFIX)) !== null;
  const installed = script !== null && isOurs(script);
  const state = installed ? 'installed' : chained && script !== null ? 'replaced' : 'missing';
  return { name, file, state, chained: installed && chained };
}

/** Where Git looks for hooks, whatever `core.hooksPath` says and in linked worktrees, too. */
async function findHooks(
  git: Git,
  projectDir: string,
): Promise<{ readonly hooksDir: string; readonly topDir: string }> {
  let answer: string;
  try {
    answer = await git(
      ['rev-parse', '--path-format=absolute', '--show-toplevel', '--git-common-dir', '--git-path', 'hooks'],
      { cwd: projectDir },
    );
  } catch (error) {
    throw new AppError('usage', `${projectDir} is not in a Git repository, or Git is not installed.`, {
      cause: error,
    });
  }
  const [topDir = '', commonDir = '', hooksDir = ''] = answer.trimEnd().split('\n');
  if (!isInside(topDir, hooksDir) && !isInside(commonDir, hooksDir)) {
    throw new AppError(
      'usage',
      `The hooks of this repository are in ${hooksDir}, where other repositories look, too.`,
      {
        hint: 'Set core.hooksPath for this repository: `git config core.hooksPath .git/hooks`.',
      },
    );
  }
  return { hooksDir, topDir };
}

function isInside(dir: string, file: string): boolean {
  const relative = path.relative(dir, file);
  return !relative.startsWith('..') && !path.isAbsolute(relative);
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await fs.readFile(file, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
