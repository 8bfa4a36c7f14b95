import type { HostMessage, ShellMessage } from '#shared/api/host-protocol.ts';

/** A window's port as it comes with a `connect` of a utility process (Electron's `MessagePortMain`). */
export interface WindowPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(data: unknown): void;
  start(): void;
  close(): void;
}

/** How the host and the desktop shell reach each other. */
export interface ShellChannel {
  /** Resolves when the message has left this process, or never can; only the last one is worth waiting for. */
  send(message: HostMessage): Promise<void>;
  /** @param port comes with `connect` of a utility process, and only there */
  onMessage(listener: (message: ShellMessage, port: WindowPort | null) => void): void;
  /** The shell is gone. */
  onGone(listener: () => void): void;
}

interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: ShellMessage; readonly ports: readonly WindowPort[] }) => void,
  ): void;
  on(event: 'close', listener: () => void): void;
  postMessage(message: HostMessage): void;
}

/** The channel of this process: Electron's parent port, else the IPC channel of a forked Node; null when there is neither. */
export function openShellChannel(): ShellChannel | null {
  // Only the events that are used are named here; Electron's own type comes with a whole DOM.
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort !== undefined) {
    return {
      send: (message) => {
        parentPort.postMessage(message);
        return Promise.resolve();
      },
      onMessage: (listener) =>
        parentPort.on('message', ({ data, ports }) => listener(data, ports[0] ?? null)),
      onGone: (listener) => parentPort.on('close', listener),
    };
  }
  if (process.send === undefined) return null;
  return {
    send: (message) =>
      new Promise((resolve) => {
        // The callback also takes the error of a channel that breaks while sending; `disconnect` follows it.
        if (process.connected) process.send?.(message, undefined, {}, () => resolve());
        else resolve();
      }),
    onMessage: (listener) => process.on('message', (message) => listener(message as ShellMessage, null)),
    onGone: (listener) => process.once('disconnect', listener),
  };
}
