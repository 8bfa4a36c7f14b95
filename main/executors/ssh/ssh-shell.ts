import { randomBytes } from 'node:crypto';
import os from 'node:os';
import type { ShellPlace, ShellRequest, ShellSession } from '#main/engine/shell-place.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { openPty, type PtyCommand } from '../pty/open-pty.ts';
import { seenEnv } from '../shell/seen-env.ts';
import { createAttemptFolders, type RemoteFolder } from './attempt-folders.ts';
import { createRemoteHost, type RemoteHost } from './remote-host.ts';
import { quoted } from './remote-text.ts';
import { endScript, type RemoteShell, writeShell } from './shell-scripts.ts';
import { sshProgram } from './ssh-arguments.ts';
import { pushFolder } from './workspace-sync.ts';

export interface SshShellOptions {
  /** That of the host which ran the attempt. */
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  /** Hears of the `ssh` of each terminal. */
  readonly onProcess: NonNullable<PtyCommand['onProcess']>;
}

/** How long a host that does not answer may keep a shell that is closed. */
const END_MS = 5_000;

/**
 * Shells on the hosts where attempts worked, on a connection of their own: in the folder of an attempt that is paused, else in
 * a copy of the workspace as the attempt left it, which goes with the shell.
 */
export function createSshShell({ dataDir, env, onProcess }: SshShellOptions): ShellPlace {
  const program = sshProgram(env);
  const folders = createAttemptFolders(dataDir);

  return {
    async open(request) {
      const found = placeOf(request, await folders.find(request));
      const host = createRemoteHost(found.host, program);
      try {
        const signal = new AbortController().signal;
        const facts = await host.connect(signal);
        const mark = randomBytes(8).toString('hex');
        const dir = `${facts.root}/shell-${mark}`;
        const shell = shellOf(request, dir, found.folder ?? `${dir}/workspace`, mark);
        await host.run(writeShell(shell, `end-${randomBytes(16).toString('hex')}`), signal);
        if (found.folder === null) {
          const copy = { host, facts, rsync: null, local: request.workspace, remote: shell.workspace };
          await pushFolder(copy, signal);
        }
        const session = await openPty({
          file: program.file,
          args: host.terminalArguments(`exec sh ${quoted(`${dir}/start`)}`),
          cwd: os.homedir(),
          env: { ...definedOf(env), TERM: 'xterm-256color' },
          size: request.size,
          onProcess,
        });
        return withEnd(session, host, shell);
      } catch (error) {
        await host.close();
        throw error;
      }
    },
  };
}

interface FoundPlace extends Pick<RemoteFolder, 'host'> {
  /** Null: it is not the attempt's any more. */
  readonly folder: string | null;
}

function placeOf({ place, stage, isPaused }: ShellRequest, found: RemoteFolder | null): FoundPlace {
  if (found !== null) return { host: found.host, folder: isPaused ? found.folder : null };
  if (place.type === 'ssh' && !isPaused) return { host: place.host, folder: null };
  throw new AppError('shell-unavailable', `It is not known on which host ${stage} ran.`, {
    hint: 'It may have failed before it got to one; its log says more.',
  });
}

function shellOf(request: ShellRequest, dir: string, workspace: string, mark: string): RemoteShell {
  const { directory, env } = request;
  const folder = directory === '' ? workspace : `${workspace}/${directory.replaceAll('\\', '/')}`;
  return { dir, workspace, folder, mark, env: seenEnv(env, workspace, `${dir}/`) };
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

/** What the shell has left on the host goes with it, as far as the host can be reached. */
function withEnd(session: ShellSession, host: RemoteHost, { dir, mark }: RemoteShell): ShellSession {
  const ended = session.ended.then(async (end) => {
    await host.run(endScript(dir, mark), AbortSignal.timeout(END_MS)).catch(() => undefined);
    await host.close();
    return end;
  });
  return {
    ...session,
    ended,
    async close() {
      await session.close();
      await ended;
    },
  };
}
