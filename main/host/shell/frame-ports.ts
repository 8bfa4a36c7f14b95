import type { HostMessage } from '#shared/api/host-protocol.ts';

/** A connection of a window carried in frames; has what oRPC asks of a message port. */
export interface FramePort {
  on(event: 'message' | 'close', listener: (event?: { readonly data: unknown }) => void): void;
  postMessage(data: unknown): void;
}

/** The connections of a forked host, to which no ports can be sent. */
export interface FramePorts {
  open(id: number): FramePort;
  /** A frame of a connection that is closed is dropped. */
  receive(id: number, data: string | Uint8Array): void;
  close(id: number): void;
}

export function createFramePorts(send: (message: HostMessage) => void): FramePorts {
  const ports = new Map<number, { message: Set<Listener>; close: Set<Listener> }>();
  type Listener = (event?: { readonly data: unknown }) => void;
  return {
    open(id) {
      const listeners = { message: new Set<Listener>(), close: new Set<Listener>() };
      ports.set(id, listeners);
      return {
        on: (event, listener) => void listeners[event].add(listener),
        postMessage(data) {
          if (ports.get(id) === listeners) send({ type: 'frame', id, data: data as string | Uint8Array });
        },
      };
    },
    receive(id, data) {
      for (const listener of ports.get(id)?.message ?? []) listener({ data });
    },
    close(id) {
      const listeners = ports.get(id);
      ports.delete(id);
      for (const listener of listeners?.close ?? []) listener();
    },
  };
}
