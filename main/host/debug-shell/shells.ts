import { randomUUID } from 'node:crypto';
import type { ShellSession } from '#main/engine/shell-place.ts';
import type { ShellOutput } from '#shared/api/procedures/shell.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { createSessionOutput, type SessionOutput } from './shell-session.ts';

/** A shell that nobody reads is ended after this long; a page that is loaded again is back by then. */
const UNREAD_MS = 30_000;

/** The shells that windows have open on this host. */
export interface Shells {
  /** @returns the id of a shell; it ends half a minute after its reader went, unless that comes back, and when none comes */
  add(session: ShellSession): string;
  /** What an earlier reader had last, all output since then, and how it ended. @throws AppError `shell-not-found`; `busy` when someone reads it already */
  read(id: string, signal: AbortSignal | undefined): AsyncGenerator<ShellOutput, void, undefined>;
  /** @throws AppError `shell-not-found` */
  get(id: string): Pick<ShellSession, 'write' | 'resize'> & Pick<SessionOutput, 'acknowledge'>;
  /** Ends one; nothing for one that is not there. */
  close(id: string): Promise<void>;
  /** Ends all of them. */
  closeAll(): Promise<void>;
}

interface OpenShell {
  readonly session: ShellSession;
  readonly output: SessionOutput;
  unread: NodeJS.Timeout;
  isRead: boolean;
}

export function createShells(): Shells {
  const shells = new Map<string, OpenShell>();

  function find(id: string): OpenShell {
    const shell = shells.get(id);
    if (shell === undefined) throw new AppError('shell-not-found', 'This shell has ended.');
    return shell;
  }

  const endUnread = (id: string): NodeJS.Timeout => setTimeout(() => void close(id), UNREAD_MS).unref();

  async function close(id: string): Promise<void> {
    const shell = shells.get(id);
    if (shell === undefined) return;
    clearTimeout(shell.unread);
    await shell.session.close();
    shells.delete(id);
  }

  return {
    add(session) {
      const id = randomUUID();
      const unread = endUnread(id);
      shells.set(id, { session, output: createSessionOutput(session), unread, isRead: false });
      return id;
    },
    async *read(id, signal) {
      const shell = find(id);
      if (shell.isRead) throw new AppError('busy', 'This shell is shown in another window.');
      shell.isRead = true;
      clearTimeout(shell.unread);
      let isOver = false;
      try {
        for await (const output of shell.output.read(signal)) {
          isOver = output.type === 'ended';
          yield output;
        }
      } finally {
        shell.isRead = false;
        if (isOver) await close(id);
        else if (shells.has(id)) shell.unread = endUnread(id);
      }
    },
    get(id) {
      const { session, output } = find(id);
      return {
        write: (text) => session.write(text),
        resize: (size) => session.resize(size),
        acknowledge: (characters) => output.acknowledge(characters),
      };
    },
    close,
    async closeAll() {
      await Promise.all([...shells.keys()].map(close));
    },
  };
}
