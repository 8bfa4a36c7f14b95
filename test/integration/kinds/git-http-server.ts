import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';

/** Git's own `http-backend` behind HTTP on loopback. It ends with `dispose`. */
export interface GitHttpServer extends AsyncDisposable {
  readonly url: string;
  /** Answers with whom it wants to see: `name:password`; null: everyone. */
  access: string | null;
  /** So many answers with data are cut in the middle before one is whole. */
  cuts: number;
  readonly requests: readonly string[];
}

export async function startGitHttpServer(root: string): Promise<GitHttpServer> {
  const backend = path.join(
    execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(),
    'git-http-backend',
  );
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const expected = `Basic ${Buffer.from(state.access ?? '').toString('base64')}`;
    if (state.access !== null && request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    answer(backend, root, request, response, () => {
      if (request.method !== 'POST' || state.cuts === 0) return false;
      state.cuts -= 1;
      return true;
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const state: GitHttpServer = {
    url: `http://127.0.0.1:${port}`,
    access: null,
    cuts: 0,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return state;
}

function answer(
  backend: string,
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
  isCut: () => boolean,
): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const child = spawn(backend, {
    env: {
      ...{ PATH: process.env['PATH'], GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: '1' },
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin);
  // Git may have read enough.
  child.stdin.on('error', () => undefined);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('close', () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf('\r\n\r\n');
    const head = all.subarray(0, end).toString().split('\r\n');
    const body = all.subarray(end + 4);
    const headers = Object.fromEntries(
      head.map((line): [string, string] => [line.split(': ')[0] ?? '', line.split(': ').slice(1).join(': ')]),
    );
    const status = Number(headers['Status']?.split(' ')[0] ?? 200);
    delete headers['Status'];
    response.writeHead(status, { ...headers, 'content-length': String(body.length) });
    if (!isCut()) response.end(body);
    else response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
  });
}
