import type { Page, WebSocketRoute } from '@playwright/test';

/** What of a run's events goes over the page's socket. */
export interface SeqCounter {
  /** The `seq` of every run event that the page was sent, in order. */
  list(): number[];
  clear(): void;
  /** Ends the connection as a broken network would. */
  cut(): Promise<void>;
}

/** Listens in on the page's sockets; loads the page again, since a socket that is open is not heard. */
export async function countSeqs(page: Page): Promise<SeqCounter> {
  const seqs: number[] = [];
  let latest: WebSocketRoute | null = null;
  await page.routeWebSocket(/\/rpc/, (socket) => {
    latest = socket;
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const text = typeof message === 'string' ? message : message.toString('utf8');
      for (const [, seq] of text.matchAll(/"seq":(\d+)/g)) seqs.push(Number(seq));
      socket.send(message);
    });
  });
  await page.reload();
  return {
    list: () => [...seqs],
    clear: () => {
      seqs.length = 0;
    },
    cut: async () => {
      await latest?.close({ code: 4_000, reason: 'cut by the test' });
    },
  };
}
