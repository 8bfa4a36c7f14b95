import type { WebSocket } from 'ws';

/** Bytes that may wait for a slow reader before its streams do. */
const HIGH_WATER_BYTES = 1024 * 1024;
const LOOK_MS = 20;

/** What oRPC needs of a socket, with a `send` that makes a stream wait when its reader is slow, instead of filling memory. */
export function socketSink(socket: WebSocket): {
  readonly addEventListener: WebSocket['addEventListener'];
  readonly send: (message: string | Uint8Array) => Promise<void>;
} {
  const send = async (message: string | Uint8Array): Promise<void> => {
    if (!isOpen(socket)) return;
    socket.send(message);
    while (socket.bufferedAmount > HIGH_WATER_BYTES && isOpen(socket)) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  };
  return {
    addEventListener: socket.addEventListener.bind(socket),
    send,
  };
}

function isOpen({ readyState, OPEN }: WebSocket): boolean {
  return readyState === OPEN;
}
