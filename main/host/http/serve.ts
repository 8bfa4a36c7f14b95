import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { SmartCoercionPlugin } from '@orpc/json-schema';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { BodyLimitPlugin } from '@orpc/server/node';
import { RPCHandler } from '@orpc/server/ws';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { WebSocketServer } from 'ws';
import { createRouter } from '#main/api/router.ts';
import type { Metrics } from '#main/metrics/create-metrics.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Host } from '../create-host.ts';
import { rendererDir } from '../resources.ts';
import { checkHost, checkRequest, type Refusal } from './check-request.ts';
import { openApiDocument } from './openapi-document.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { createSession } from './session.ts';
import { socketSink } from './socket-sink.ts';
import { fileOfPath, sendFile } from './static-files.ts';

/** A call's input is small: names, a path, a search. */
const MAX_REQUEST_BYTES = 1024 * 1024;

export interface ServeOptions {
  /** 0: a free one. */
  readonly port: number;
  /** Where the built window is; default: beside this code. */
  readonly rendererDir?: string;
  /** Served at `/metrics`, to every program on this machine; without it there is no such page. */
  readonly metrics?: Metrics;
}

export interface Server {
  readonly port: number;
  readonly token: string;
  /** With the token: whoever opens it may do everything. */
  readonly url: string;
  /** Ends all connections. The host stays open. */
  close(): Promise<void>;
}

/**
 * Serves the window and the contract to this machine alone: pages and assets, the WebSocket `/rpc`, HTTP below `/api`
 * and its description in `/api/openapi.json`.
 * @throws AppError `address-in-use`
 */
export async function serve(host: Host, options: ServeOptions): Promise<Server> {
  const root = options.rendererDir ?? rendererDir();
  const router = createRouter(host);
  const rpc = new RPCHandler(router);
  const api = new OpenAPIHandler(router, {
    // A query's numbers and booleans come as text.
    plugins: [
      new BodyLimitPlugin({ maxBodySize: MAX_REQUEST_BYTES }),
      new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] }),
    ],
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_REQUEST_BYTES });
  const server = createServer();
  const port = await listen(server, options.port);
  const session = createSession(port);

  server.on('request', (request, response) => {
    setSecurityHeaders(response, port);
    answer(request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal =
      urlOf(request)?.pathname === '/rpc'
        ? checkRequest(request, port, session, true)
        : ({ status: 403, message: 'There is no socket here.' } as const);
    if (refusal) {
      socket.end(`HTTP/1.1 ${refusal.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      // Without a listener a broken socket would end the process.
      opened.on('error', () => opened.terminate());
      void rpc.upgrade(socketSink(opened), { context: { trigger: { type: 'manual' } } });
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = urlOf(request);
    if (url === null) {
      sendText(response, 404, 'There is no such file.');
      return;
    }
    const given = url.searchParams.get('token');
    if (url.pathname === '/' && given !== null) {
      const refusal = checkHost(request, port);
      if (refusal) {
        refuse(response, refusal);
        return;
      }
      if (!session.isToken(given)) {
        refuse(response, { status: 401, message: 'This address is no longer valid.' });
        return;
      }
      response
        .writeHead(303, { Location: '/', 'Set-Cookie': session.cookieHeader(), 'Cache-Control': 'no-store' })
        .end();
      return;
    }
    if (url.pathname === '/metrics' && options.metrics) {
      // A scraper has no way to learn a token that changes with each start.
      const refusal = checkHost(request, port);
      if (refusal) refuse(response, refusal);
      else {
        response.setHeader('Cache-Control', 'no-store');
        response.setHeader('Content-Type', options.metrics.contentType);
        response.end(await options.metrics.text());
      }
      return;
    }
    const refusal = checkRequest(request, port, session);
    if (refusal) {
      refuse(response, refusal);
      return;
    }
    if (url.pathname === '/api/openapi.json') {
      sendJson(response, await openApiDocument(port));
      return;
    }
    if (url.pathname.startsWith('/api/')) {
      response.setHeader('Cache-Control', 'no-store');
      const { matched } = await api.handle(request, response, {
        prefix: '/api',
        context: { trigger: { type: 'api' } },
      });
      if (!matched) sendText(response, 404, 'There is no such procedure; see /api/openapi.json.');
      return;
    }
    await answerWithFile(request, response, url.pathname);
  }

  async function answerWithFile(
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
  ): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      sendText(response, 405, 'Pages can only be read.');
      return;
    }
    const file = fileOfPath(root, pathname);
    if (file !== null && (await sendFile(response, root, file, request.method === 'GET'))) return;
    const isPage = file === fileOfPath(root, '/');
    if (isPage) sendText(response, 503, 'The window is not built; run `npm run build`, then reload.');
    else sendText(response, 404, 'There is no such file.');
  }

  return {
    port,
    token: session.token,
    url: `http://127.0.0.1:${port}/?token=${session.token}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Null for a target that is no address, such as `//`. */
function urlOf({ url = '/' }: IncomingMessage): URL | null {
  const base = 'http://localhost';
  return URL.canParse(url, base) ? new URL(url, base) : null;
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') {
        reject(error);
        return;
      }
      const reason = error.code === 'EACCES' ? 'may not be used' : 'is in use';
      reject(
        new AppError('address-in-use', `Port ${port} ${reason}.`, {
          hint: 'Choose another with --port, or leave it out for a free one.',
          cause: error,
        }),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function refuse(response: ServerResponse, { status, message }: Refusal): void {
  response.setHeader('Cache-Control', 'no-store');
  sendText(response, status, message);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}
