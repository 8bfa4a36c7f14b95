import type { ShellSession, TerminalSize } from '#main/engine/shell-place.ts';
import { AppError } from '#shared/lib/app-error.ts';

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

/** Between hanging up and ending by force. */
const GRACE_MS = 1_000;
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
  const ended = new Promise<{ exitCode: number; signal: number | null }>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      isEnded = true;
      onProcess(pid, 'gone');
      resolve({ exitCode, signal: signal === undefined || signal === 0 ? null : signal });
    });
  });

  function signal(name: 'SIGHUP' | 'SIGKILL'): void {
    try {
      if (process.platform === 'win32') pty.kill();
      // The shell leads a session and a group; what it started in other groups is hung up by it and by the kernel.
      else process.kill(-pid, name);
    } catch {
      // It ended by itself in the meantime.
    }
  }

  return {
    onData: (listener) => void pty.onData(listener),
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
      if (isEnded) return;
      // One whose output nobody reads does not tell its end.
      pty.resume();
      signal('SIGHUP');
      const force = setTimeout(() => signal('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(force);
    },
  };
}

const within = (count: number): number => Math.min(Math.max(Math.trunc(count), 1), LARGEST);

async function loadPty(): Promise<typeof import('@lydell/node-pty')> {
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
