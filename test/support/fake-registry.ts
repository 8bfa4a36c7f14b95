import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** What happens to a request. */
type Treatment =
  | 'serve'
  /** Half of the answer, and the connection is cut. */
  | 'cut'
  /** Half of the answer, then a few bytes now and then, until the client goes. */
  | 'trickle';

/** A registry on loopback that has one image, `app:1`, of a layer with a single file of random bytes. */
export interface FakeRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT`, which Docker trusts without TLS. */
  readonly host: string;
  readonly image: string;
  /** Paths that were asked for. */
  readonly requests: readonly string[];
  /** Asked for each request; default: serve. */
  treat: (path: string) => Treatment;
}

interface Content {
  readonly type: string;
  readonly bytes: Buffer;
}

export interface FakeRegistryOptions {
  /** `user:password` that it wants; absent: nobody needs to sign in. */
  readonly login?: string;
}

export async function startFakeRegistry({ login }: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const contents = makeImage();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://registry');
    requests.push(pathname);
    if (login !== undefined && !isSignedIn(request, login)) {
      refuse(response);
      return;
    }
    const content =
      pathname === '/v2/' ? { type: 'application/json', bytes: Buffer.from('{}') } : contents.get(pathname);
    if (content === undefined) {
      response.writeHead(404, { 'Content-Type': 'application/json' });
      response.end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}');
      return;
    }
    answer(
      response,
      content,
      request.method === 'HEAD' ? 'serve' : registry.treat(pathname),
      request.method === 'HEAD',
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const registry: FakeRegistry = {
    host,
    image: `${host}/app:1`,
    requests,
    treat: () => 'serve',
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      for (const image of imagesOf(host))
        execFileSync('docker', ['image', 'rm', '-f', image], { stdio: 'ignore' });
    },
  };
  return registry;
}

function imagesOf(host: string): string[] {
  const format = '{{.Repository}}:{{.Tag}}';
  return execFileSync('docker', ['image', 'ls', '--format', format, `${host}/*`], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
}

function isSignedIn({ headers }: IncomingMessage, login: string): boolean {
  return headers.authorization === `Basic ${Buffer.from(login).toString('base64')}`;
}

function refuse(response: ServerResponse): void {
  response.writeHead(401, {
    'Content-Type': 'application/json',
    'WWW-Authenticate': 'Basic realm="test"',
    'Docker-Distribution-Api-Version': 'registry/2.0',
  });
  response.end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}');
}

function answer(
  response: ServerResponse,
  { type, bytes }: Content,
  treatment: Treatment,
  isHead: boolean,
): void {
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Length': bytes.length,
    'Docker-Content-Digest': digestOf(bytes),
    'Docker-Distribution-Api-Version': 'registry/2.0',
  });
  const half = Math.ceil(bytes.length / 2);
  if (isHead) response.end();
  else if (treatment === 'serve') response.end(bytes);
  else if (treatment === 'cut') response.write(bytes.subarray(0, half), () => response.destroy());
  else {
    let sent = half;
    response.write(bytes.subarray(0, sent));
    const timer = setInterval(() => {
      response.write(bytes.subarray(sent, (sent += TRICKLE_BYTES)));
    }, TRICKLE_EVERY_MS);
    response.once('close', () => clearInterval(timer));
  }
}

const TRICKLE_BYTES = 1_000;
const TRICKLE_EVERY_MS = 200;

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function makeImage(): ReadonlyMap<string, Content> {
  const layer = makeLayer();
  const packed = gzipSync(layer);
  const config = Buffer.from(
    JSON.stringify({
      architecture: execFileSync('docker', ['version', '-f', '{{.Server.Arch}}'], {
        encoding: 'utf8',
      }).trim(),
      os: 'linux',
      config: { Env: ['PATH=/bin'] },
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
    }),
  );
  const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        ...{ size: config.length, digest: digestOf(config) },
      },
      layers: [
        {
          mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
          ...{ size: packed.length, digest: digestOf(packed) },
        },
      ],
    }),
  );
  const blob = 'application/octet-stream';
  return new Map([
    ['/v2/app/manifests/1', { type: manifestType, bytes: manifest }],
    [`/v2/app/manifests/${digestOf(manifest)}`, { type: manifestType, bytes: manifest }],
    [`/v2/app/blobs/${digestOf(config)}`, { type: blob, bytes: config }],
    [`/v2/app/blobs/${digestOf(packed)}`, { type: blob, bytes: packed }],
  ]);
}

/** A shell, and something that is new each time, so that no daemon has the layer already. */
function makeLayer(): Buffer {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-layer-'));
  try {
    mkdirSync(path.join(dir, 'bin'));
    mkdirSync(path.join(dir, 'tmp'));
    writeFileSync(path.join(dir, 'bin/busybox'), readFileSync('/bin/busybox'), { mode: 0o755 });
    for (const name of ['sh', 'sleep', 'echo', 'cat'])
      execFileSync('ln', ['-s', 'busybox', path.join(dir, 'bin', name)]);
    writeFileSync(path.join(dir, 'stamp'), dir);
    return execFileSync('tar', ['-C', dir, '-c', '.'], { maxBuffer: 64 * 1024 * 1024 });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
