import type * as NodePty from '@lydell/node-pty';
import type { ShellSession, TerminalSize } from '#main/engine/shell-place.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { endSession } from './end-session.ts';

export interface PtyCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** Absolute; exists. */
  readonly cwd: string;
  /** The whole environment, not an addition. */
  readonly env: Readonly<Record<string, string>>;
  readonly size: TerminalSize;
  /** Called with the leader of the session as it starts, and again when it is gone. */
  readonly onProcess?: (pid: number, state: 'started' | 'gone') => void;
}

const LARGEST = 1_000;

/**
 * Starts a program on a pseudoterminal of this machine (ConPTY on Windows).
 * @throws AppError `shell-unavailable` where there is no binary for this platform or the program cannot be started
 */
export async function openPty(command: PtyCommand): Promise<ShellSession> {
  const { spawn } = await loadPty();
  const { file, args, cwd, env, size, onProcess = () => undefined } = command;
  const pty = start(file, () =>
    spawn(file, [...args], {
      name: 'xterm-256color',
      cwd,
      env,
      cols: within(size.columns),
      rows: within(size.rows),
    }),
  );
  const { pid } = pty;
  onProcess(pid, 'started');
  let isEnded = false;
  let early = '';
  let listener = (text: string): void => {
    early += text;
  };
  pty.onData((text) => listener(text));
  const ended = new Promise<{ exitCode: number; signal: number | null }>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      isEnded = true;
      void endSession(pid).then(() => {
        onProcess(pid, 'gone');
        resolve({ exitCode, signal: signal === undefined || signal === 0 ? null : signal });
      });
    });
  });

  return {
    onData(next) {
      listener = next;
      if (early !== '') next(early);
      early = '';
    },
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    write(text) {
      if (!isEnded) pty.write(text);
    },
    resize({ columns, rows }) {
      if (!isEnded) pty.resize(within(columns), within(rows));
    },
    ended,
    async close() {
      if (!isEnded) {
        // One whose output nobody reads does not tell its end.
        pty.resume();
        if (process.platform === 'win32') pty.kill();
        else await endSession(pid);
      }
      await ended;
    },
  };
}

const within = (count: number): number => Math.min(Math.max(Math.trunc(count), 1), LARGEST);

async function loadPty(): Promise<typeof NodePty> {
  try {
    return await import('@lydell/node-pty');
  } catch (error) {
    throw new AppError(
      'shell-unavailable',
      `A shell needs a terminal, and node-pty has no binary for ${process.platform}-${process.arch} here.`,
      { hint: 'Install Pipewright again with its optional dependencies.', cause: error },
    );
  }
}

function start<Pty>(file: string, spawn: () => Pty): Pty {
  try {
    return spawn();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('shell-unavailable', `The shell ${file} could not be started: ${reason}.`, {
      cause: error,
    });
  }
}
