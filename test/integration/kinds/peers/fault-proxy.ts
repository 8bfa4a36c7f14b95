import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request: it goes on, gets an answer here, or is cut after so many bytes of its body or answer. */
export type Fault =
  | { readonly type: 'answer'; readonly status: number; readonly body?: string }
  | { readonly type: 'cut-request'; readonly afterBytes: number }
  | { readonly type: 'cut-answer'; readonly afterBytes: number }
  | { readonly type: 'slow'; readonly ms: number };

/** A server before another that fails as the test says. */
export interface FaultProxy extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** `METHOD path` of each request so far. */
  readonly requests: string[];
  /** Asked for each request; null: it goes on. */
  plan: (request: http.IncomingMessage) => Fault | null;
}

/** @param target `host:port` */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const requests: string[] = [];
  const agent = new http.Agent();
  const server = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    void forward(request, response, proxy.plan(request));
  });
  const [hostname, port] = target.split(':');

  async function forward(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    fault: Fault | null,
  ): Promise<void> {
    if (fault?.type === 'answer') {
      request.resume();
      response.writeHead(fault.status, { 'content-type': 'application/json' }).end(fault.body ?? '');
      return;
    }
    if (fault?.type === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    const { method = 'GET', url = '/', headers } = request;
    const options = { hostname, port, method, path: url, headers, agent };
    const onward = http.request(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      let written = 0;
      answer.on('data', (chunk: Buffer) => {
        if (fault?.type === 'cut-answer') {
          response.write(chunk.subarray(0, Math.max(0, fault.afterBytes - written)));
          if (written + chunk.length >= fault.afterBytes) response.socket?.destroy();
        } else response.write(chunk);
        written += chunk.length;
      });
      answer.on('end', () => response.end());
    });
    onward.on('error', () => response.destroy());
    let read = 0;
    request.on('data', (chunk: Buffer) => {
      const isCut = fault?.type === 'cut-request' && read + chunk.length >= fault.afterBytes;
      const piece = isCut ? chunk.subarray(0, fault.afterBytes - read) : chunk;
      read += chunk.length;
      if (!onward.destroyed) onward.write(piece);
      if (!isCut) return;
      request.socket.destroy();
      onward.end();
      onward.destroy();
    });
    request.on('end', () => onward.end());
    request.on('error', () => onward.destroy());
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: FaultProxy = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    plan: () => null,
    async [Symbol.asyncDispose]() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

/** A plan that lets the first requests that match fail, each in its way. */
export function failFirst(pattern: RegExp, faults: readonly Fault[]): FaultProxy['plan'] {
  const left = [...faults];
  return (request) => (pattern.test(`${request.method} ${request.url}`) ? (left.shift() ?? null) : null);
}
