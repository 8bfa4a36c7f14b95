import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ShellPlace } from '#main/engine/shell-place.ts';
import { openPty } from '../pty/open-pty.ts';
import type { Watchdog } from './watchdog.ts';

export interface LocalShellOptions {
  /** What every step inherits; its `SHELL` is the shell that is opened. */
  readonly baseEnv: Readonly<Record<string, string>>;
  /** Ends the shell when this host dies. */
  readonly watchdog: Pick<Watchdog, 'add' | 'remove'>;
}

/** Shells of this machine, in the workspace itself. */
export function createLocalShell({ baseEnv, watchdog }: LocalShellOptions): ShellPlace {
  return {
    open({ workspace, directory, env, size }) {
      const { file, args } = shellOf(baseEnv);
      const wanted = path.join(workspace, directory);
      return openPty({
        file,
        args,
        cwd: existsSync(wanted) ? wanted : workspace,
        env: { ...baseEnv, ...env, TERM: 'xterm-256color' },
        size,
        onProcess: (pid, state) => (state === 'started' ? watchdog.add(pid) : watchdog.remove(pid)),
      });
    },
  };
}

/** The person's own shell, since it is them who types; a stage's `shell:` says how its scripts run. */
function shellOf({ SHELL }: Readonly<Record<string, string>>): { file: string; args: readonly string[] } {
  if (process.platform === 'win32') return { file: 'powershell.exe', args: ['-NoLogo'] };
  const isUsable = SHELL !== undefined && path.isAbsolute(SHELL) && !/\/(nologin|false)$/.test(SHELL);
  return { file: isUsable ? SHELL : '/bin/sh', args: ['-i'] };
}
