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
  /** Shows output, and calls `shown` when that is done. */
  readonly onData: (text: string, shown: () => void) => void;
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
): ShellConnection {
  const { shell } = client;
  const end = new AbortController();
  const { signal } = end;
  const opened = open();
  // Who waits for it below has nothing to do when it was refused.
  opened.catch(() => undefined);
  let typed = '';
  let sending: Promise<void> | null = null;

  const isClosed = (): boolean => signal.aborted;
  const tell = (state: ShellState): void => {
    if (!isClosed()) onState(state);
  };

  async function open(): Promise<string> {
    return (await shell.open(request)).shellId;
  }

  async function follow(): Promise<void> {
    tell({ type: 'opening' });
    try {
      const shellId = await opened;
      if (isClosed()) return;
      tell({ type: 'open' });
      for await (const output of await shell.output({ shellId }, { signal })) {
        if (isClosed()) break;
        if (output.type === 'ended') tell(output);
        else onData(output.text, () => acknowledge(shellId, output.text.length));
      }
    } catch (error) {
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
      void opened.then((shellId) => shell.close({ shellId })).catch(() => undefined);
    },
  };
}
