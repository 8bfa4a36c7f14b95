import { RPCLink } from '@orpc/client/message-port';
import { MESSAGES, type PreloadApi } from '#shared/api/desktop-ipc.ts';
import { ConnectError, type Channel, type Transport } from './transport.ts';

/** A desktop window's way to the host: a MessagePort for each connection, handed over by the preload script. */
export function desktopTransport(preload: PreloadApi, page: Window): Transport {
  return {
    reconnect: 'on-request',
    connect: (signal) => openPort(preload, page, signal),
    restart: () => preload.desktop.restartHost(),
    onReady: (listener) =>
      preload.desktop.onHost((host) => {
        if (host.status === 'ready') listener();
      }),
  };
}

async function openPort(preload: PreloadApi, page: Window, signal: AbortSignal): Promise<Channel> {
  const id = crypto.randomUUID();
  const arrival = receivePort(page, id, signal);
  try {
    const answer = preload.connect(id).then((result) => {
      if (!result.ok) throw new ConnectError(result.message, result.hint);
    });
    const [port] = await Promise.all([arrival.port, answer]);
    return openChannel(port, preload);
  } finally {
    arrival.stop();
  }
}

/** The port of one `connect`, which comes as a message of the page to itself; messages of other senders are not read. */
function receivePort(
  page: Window,
  id: string,
  signal: AbortSignal,
): { port: Promise<MessagePort>; stop: () => void } {
  let stop: () => void = () => undefined;
  const port = new Promise<MessagePort>((resolve, reject) => {
    const onMessage = (event: MessageEvent<unknown>): void => {
      if (event.source !== page || event.origin !== page.location.origin) return;
      const message = event.data as { type?: unknown; id?: unknown } | null;
      const received = event.ports[0];
      if (message?.type === MESSAGES.PORT && message.id === id && received !== undefined) resolve(received);
    };
    const onAbort = (): void => reject(signal.reason as Error);
    page.addEventListener('message', onMessage);
    signal.addEventListener('abort', onAbort);
    stop = () => {
      page.removeEventListener('message', onMessage);
      signal.removeEventListener('abort', onAbort);
    };
  });
  return { port, stop };
}

/** Chromium before 122 does not tell when the other end of a port closes, so the shell's word on the host ends the channel. */
function openChannel(port: MessagePort, preload: PreloadApi): Channel {
  const closeListeners: (() => void)[] = [];
  const ended = new AbortController();
  const close = (): void => {
    ended.abort();
    unsubscribe();
    port.close();
    for (const listener of closeListeners.splice(0)) listener();
  };
  const unsubscribe = preload.desktop.onHost((host) => {
    if (host.status === 'lost') close();
  });
  port.addEventListener('close', close);
  const link = new RPCLink({
    port: {
      addEventListener: (type: string, listener: EventListenerOrEventListenerObject) => {
        const call = (event: Event): void => {
          if (typeof listener === 'function') listener(event);
          else listener.handleEvent(event);
        };
        if (type === 'close') closeListeners.push(() => call(new Event('close')));
        else port.addEventListener(type, call);
      },
      postMessage: (message: unknown, transfer?: Transferable[] | StructuredSerializeOptions) =>
        Array.isArray(transfer) ? port.postMessage(message, transfer) : port.postMessage(message),
    },
  });
  port.start();
  return { link, ended: ended.signal, close };
}
