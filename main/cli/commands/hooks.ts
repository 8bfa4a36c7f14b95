import path from 'node:path';
import process from 'node:process';
import { type HookStatus, hookStatus, installHooks, removeHooks } from '#main/triggers/hooks/hook-files.ts';
import { HOOK_NAMES } from '#main/triggers/hooks/hook-script.ts';
import { git } from '#main/vcs/git-command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { plainText } from '../run-output/stage-line.ts';
import { trustHooked } from '../trust/hooks-consent.ts';

const STATES: Readonly<Record<HookStatus['state'], string>> = {
  installed: 'installed',
  missing: 'not installed',
  replaced: 'replaced by another tool; install again',
};

export async function hooksCommand(
  context: CliContext,
  action: 'install' | 'remove' | 'status',
  { data, trust = false }: { readonly data?: string | undefined; readonly trust?: boolean } = {},
): Promise<ExitCode> {
  const { output, projectDir, env } = context;
  if (action === 'install') await trustHooked(context, trust);
  const statuses =
    action === 'install'
      ? await installHooks(git, projectDir, HOOK_NAMES, ownCommand(data ?? env.PIPEWRIGHT_DATA))
      : action === 'remove'
        ? await removeHooks(git, projectDir)
        : await hookStatus(git, projectDir);
  if (output.format !== 'pretty') output.json(statuses);
  else {
    for (const { name, state, chained, file } of statuses) {
      const kept = chained ? ', after the hook that was there before' : '';
      output.line(`${name.padEnd(10)}  ${STATES[state]}${kept}  ${output.colors.dim(plainText(file))}`);
    }
  }
  return EXIT.succeeded;
}

/** How this command line is started again, from anywhere. */
function ownCommand(data: string | undefined): { command: string[]; needs: string[] } {
  const script = process.argv[1] === undefined ? [] : [path.resolve(process.argv[1])];
  const words = data === undefined || data === '' ? [] : ['--data', path.resolve(data)];
  return { command: [process.execPath, ...script, ...words], needs: [process.execPath, ...script] };
}
