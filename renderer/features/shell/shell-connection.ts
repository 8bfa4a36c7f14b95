import { toFailure, type Failure } from '#renderer/bridge/app-failure.ts';
import type { BridgeClient } from '#renderer/bridge/client.ts';

export type ShellRequest = Parameters<BridgeClient['shell']['open']>[0];

/** How a shell stands, as the window shows it. */
export type ShellState =
  | { readonly type: 'opening' }
  | { readonly type: 'open' }
  | { readonly type: 'ended'; readonly exitCode: number | null; readonly signal: number | null }
  | { readonly type: 'failed'; readonly failure: Failure };

export interface ShellEvents {
  readonly onState: (state: ShellState) => void;
  /** Shows output, and calls `shown` when that is done. `isReplay`: it was shown before the page was loaded again. */
  readonly onData: (text: string, isReplay: boolean, shown: () => void) => void;
}

/** Remembers the shell of a page that is loaded again. */
export interface ShellMemory {
  get(): string | null;
  set(shellId: string | null): void;
}

/** A shell on the host, from the window's side. */
export interface ShellConnection {
  /** What is typed before the shell is there waits for it; order is kept. */
  write(text: string): void;
  resize(columns: number, rows: number): void;
  /** Ends the shell. */
  close(): void;
}

/** Opens a shell; all that happens with it comes by `events`, and nothing after `close`. */
export function connectShell(
  client: Pick<BridgeClient, 'shell'>,
  request: ShellRequest,
  { onState, onData }: ShellEvents,
  memory: ShellMemory,
): ShellConnection {
  const { shell } = client;
  const end = new AbortController();
  const { signal } = end;
  /** Of before; null once it turned out to be gone. */
  let known = memory.get();
  let opened = open();
  // Who waits for it below has nothing to do when it was refused.
  opened.catch(() => undefined);
  let typed = '';
  let sending: Promise<void> | null = null;

  const isClosed = (): boolean => signal.aborted;
  const tell = (state: ShellState): void => {
    if (!isClosed()) onState(state);
  };

  async function open(): Promise<string> {
    if (known !== null) return known;
    const { shellId } = await shell.open(request);
    if (!isClosed()) memory.set(shellId);
    return shellId;
  }

  async function follow(): Promise<void> {
    tell({ type: 'opening' });
    try {
      const shellId = await opened;
      if (isClosed()) return;
      tell({ type: 'open' });
      for await (const output of await shell.output({ shellId }, { signal })) {
        if (isClosed()) break;
        // From here on it is no shell of before, whose loss would be made good by another.
        known = null;
        if (output.type === 'ended') {
          memory.set(null);
          tell(output);
        } else {
          onData(output.text, output.isReplay === true, () => acknowledge(shellId, output.text.length));
        }
      }
    } catch (error) {
      if (known !== null && !isClosed()) {
        known = null;
        memory.set(null);
        opened = open();
        opened.catch(() => undefined);
        await follow();
        return;
      }
      // The shell may be there still: who lost the connection asks for it again.
      tell({ type: 'failed', failure: toFailure(error) });
    }
  }

  function acknowledge(shellId: string, characters: number): void {
    if (!isClosed()) shell.acknowledge({ shellId, characters }).catch(() => undefined);
  }

  /** One message at a time: they must not overtake each other. */
  async function send(): Promise<void> {
    const shellId = await opened;
    while (typed !== '' && !isClosed()) {
      const text = typed;
      typed = '';
      await shell.write({ shellId, text });
    }
  }

  void follow();
  return {
    write(text) {
      typed += text;
      // A shell that has ended takes nothing; its end is told by its output.
      sending ??= send()
        .catch(() => undefined)
        .finally(() => {
          sending = null;
        });
    },
    resize(columns, rows) {
      void opened
        .then((shellId) => (isClosed() ? null : shell.resize({ shellId, columns, rows })))
        .catch(() => undefined);
    },
    close() {
      if (isClosed()) return;
      end.abort();
      memory.set(null);
      void opened.then((shellId) => shell.close({ shellId })).catch(() => undefined);
    },
  };
}
