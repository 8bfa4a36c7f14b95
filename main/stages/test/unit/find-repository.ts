import type { KindContext, ToolExit } from '#main/engine/kind-ports.ts';

/** Git that waits for nobody and writes nothing. */
const GIT_ENV = { GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };

/** Runs Git in a folder as commands see it, whoever owns the repository; nothing of it is shown. */
export const gitIn = (context: KindContext, folder: string, args: readonly string[]): Promise<ToolExit> =>
  context.exec({
    argv: ['git', '-c', 'safe.directory=*', '-C', folder, ...args],
    env: GIT_ENV,
    silent: 'both',
  });

/** The repository of the workspace, or that of the project where the workspace is a copy without one. Null: there is none. */
export async function findRepository(context: KindContext): Promise<string | null> {
  const { workspace } = context.seen;
  const folders = context.runsHere ? [workspace, context.run.projectDir] : [workspace];
  for (const folder of folders) {
    const probe = await gitIn(context, folder, ['rev-parse', '--is-inside-work-tree']);
    if (probe.exitCode === 0) return folder;
  }
  return null;
}
