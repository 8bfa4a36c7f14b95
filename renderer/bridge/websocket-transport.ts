import { RPCLink } from '@orpc/client/websocket';
import { ConnectError, type Channel, type Transport } from './transport.ts';

/**
 * A browser tab's way to the host: the socket at `rpc` of the page's own origin. The session cookie that the page was
 * served with goes along by itself; the token never reaches a script.
 */
export function websocketTransport(pageUrl: string): Transport {
  const url = new URL('/rpc', pageUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return { reconnect: 'automatic', connect: (signal) => openSocket(url, signal) };
}

function openSocket(url: URL, signal: AbortSignal): Promise<Channel> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const socket = new WebSocket(url);
    const close = (): void => socket.close();
    const ended = new AbortController();
    // Before the link's own close listener, which fails the pending calls.
    socket.addEventListener('close', () => {
      ended.abort();
      signal.removeEventListener('abort', close);
      // After `open` nobody hears this rejection.
      reject(
        signal.aborted
          ? (signal.reason as Error)
          : new ConnectError(
              'Pipewright does not answer.',
              'If it was stopped, start it again and open the address that it prints.',
            ),
      );
    });
    const link = new RPCLink({ websocket: socket });
    signal.addEventListener('abort', close);
    socket.addEventListener('open', () => resolve({ link, ended: ended.signal, close }));
  });
}
