import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext, ToolExit } from '#main/engine/kind-ports.ts';
import { requireTool } from '../../tools/require-tool.ts';
import { workspacePath } from '../../tools/workspace-path.ts';
import { createGitClient } from '../git/git-client.ts';
import { LEFTHOOK, PRE_COMMIT } from '../tools.ts';
import { type HookResult, parseLefthook, parsePreCommit } from './hook-results.ts';

export interface HooksWish {
  readonly hook: string;
  /** A commit; null: all files. */
  readonly since: string | null;
  readonly skip: readonly string[];
  /** Relative to the folder; null: what Git says, or the usual folders. */
  readonly hooksPath: string | null;
}

export interface HooksRun {
  readonly results: readonly HookResult[];
  /** Null: there was nothing to run. */
  readonly exit: ToolExit | null;
}

export const HOOK_TOOLS = ['pre-commit', 'lefthook', 'git'] as const;
export type HookTool = (typeof HOOK_TOOLS)[number];

/** What runs the hooks of a folder, by the files in it; null: nothing that is known. */
export async function findHookTool(dir: string): Promise<HookTool | null> {
  const names = await readdir(dir);
  if (names.some((name) => /^\.pre-commit-config\.ya?ml$/.test(name))) return 'pre-commit';
  if (names.some((name) => /^\.?lefthook\.(ya?ml|toml|json)$/.test(name))) return 'lefthook';
  return names.includes('.git') ? 'git' : null;
}

const RUNNERS: Record<HookTool, (context: KindContext, wish: HooksWish) => Promise<HooksRun>> = {
  'pre-commit': runPreCommit,
  lefthook: runLefthook,
  git: runGitHook,
};

export const runHooks = (context: KindContext, tool: HookTool, wish: HooksWish): Promise<HooksRun> =>
  RUNNERS[tool](context, wish);

async function runPreCommit(context: KindContext, { hook, since, skip }: HooksWish): Promise<HooksRun> {
  const found = await requireTool(context, [PRE_COMMIT], 'run the hooks of .pre-commit-config.yaml');
  const files = since === null ? ['--all-files'] : ['--from-ref', since, '--to-ref', 'HEAD'];
  const exit = await context.exec({
    argv: [
      ...found.command,
      'run',
      '--color=never',
      '--verbose',
      '--show-diff-on-failure',
      `--hook-stage=${stageOf(hook)}`,
      ...files,
    ],
    env: skip.length === 0 ? {} : { SKIP: skip.join(',') },
  });
  // 0: all passed, 1: some failed; 3 is a crash, and so is 1 without a hook that failed.
  return { results: parsePreCommit(exit.stdout), exit };
}

/** pre-commit 3.0 knows the older names of two stages alone; later ones still take them. */
const stageOf = (hook: string): string => ({ 'pre-commit': 'commit', 'pre-push': 'push' })[hook] ?? hook;

async function runLefthook(context: KindContext, { hook, since, skip }: HooksWish): Promise<HooksRun> {
  const found = await requireTool(context, [LEFTHOOK], 'run the hooks of lefthook.yml');
  const files = since === null ? ['--all-files'] : [];
  const exit = await context.exec({
    argv: [...found.command, 'run', hook, '--no-tty', '--colors=off', ...files],
    env: { NO_COLOR: '1', ...(skip.length > 0 && { LEFTHOOK_EXCLUDE: skip.join(',') }) },
  });
  return { results: parseLefthook(`${exit.stdout}\n${exit.stderr}`), exit };
}

/** Folders in which projects keep hooks, besides what Git is configured to. */
const USUAL_FOLDERS = ['.githooks', '.husky', '.hooks'];

async function runGitHook(context: KindContext, { hook, hooksPath, skip }: HooksWish): Promise<HooksRun> {
  const folder = hooksPath ?? (await usualFolder(context.cwd, hook));
  if (hooksPath !== null) await workspacePath(context, hooksPath, 'hooks-path');
  const config = folder === null ? [] : ([['core.hooksPath', folder]] as const);
  const git = await createGitClient(context, { config });
  const where = await git.text('rev-parse', '--git-path', `hooks/${hook}`);
  if (skip.includes(hook) || !(await isFile(path.resolve(context.cwd, where)))) {
    await context.say(`there is no ${where} to run`);
    return { results: [], exit: null };
  }
  const exit = await git.run('hook', 'run', hook);
  const status = exit.outcome.type === 'succeeded' ? 'passed' : 'failed';
  return { results: [{ name: hook, status, seconds: 0, said: `${exit.stdout}${exit.stderr}`.trim() }], exit };
}

async function usualFolder(dir: string, hook: string): Promise<string | null> {
  for (const folder of USUAL_FOLDERS) if (await isFile(path.join(dir, folder, hook))) return folder;
  return null;
}

async function isFile(file: string): Promise<boolean> {
  const names = await readdir(path.dirname(file)).catch((): string[] => []);
  return names.includes(path.basename(file));
}
