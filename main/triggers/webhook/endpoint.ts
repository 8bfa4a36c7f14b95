import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { TriggerPipeline } from '../ports.ts';
import { readPayload, type WebhookEvent } from './payload.ts';
import { idsOf, openEnvelope } from './signature.ts';

const MAX_BODY_BYTES = 5 * 1024 * 1024;
/** A sender that is slower than this is cut off. */
const REQUEST_TIMEOUT_MS = 15_000;
/** Requests at once; each may hold a body in memory. */
const MAX_CONNECTIONS = 32;
/** Senders give up after ten seconds; a commit that must be fetched first may take longer. */
const ANSWER_WITHIN_MS = 8_000;
const TYPES = ['application/json', 'application/x-www-form-urlencoded'];

/** A pipeline that listens, and the name of the secret that its sender shares. */
export interface Listener {
  readonly pipeline: TriggerPipeline;
  readonly type: 'webhook' | 'pull-request';
  readonly secret: string;
}

export interface EndpointOptions extends WebhookLimits {
  /** Loopback unless somebody chose otherwise. */
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  readonly listenersOf: (projectId: string) => readonly Listener[];
  /** Null when there is no such secret. */
  readonly resolveSecret: (name: string, projectId: ProjectId) => Promise<string | null>;
  /** False when it had come before. */
  readonly rememberDelivery: (ids: readonly string[]) => boolean;
  /** Whether this host may start runs at the moment; asked before a delivery is remembered. */
  readonly mayDeliver: () => boolean;
  /** What a believed event does; resolves with one line per listener, when runs are stored. */
  readonly deliver: (event: WebhookEvent, listeners: readonly Listener[]) => Promise<readonly string[]>;
}

export interface WebhookLimits {
  /** For a whole request, its body included. */
  readonly requestTimeoutMs?: number;
  /** After it the sender is told that the work goes on. */
  readonly answerWithinMs?: number;
}

export interface Endpoint {
  readonly port: number;
  urlOf(projectId: string): string;
  close(): Promise<void>;
}

/**
 * Takes `POST /hooks/<project>` from GitHub, GitLab and Gitea. Nothing of a request is read as data before its signature
 * fits a secret of a pipeline; a delivery that came before does nothing.
 * @throws the listening error, such as EADDRINUSE
 */
export async function createEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { host, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const server = createServer({
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.ceil(requestTimeoutMs / 5),
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('request', (request, response) => {
    answer(options, request).then(
      ({ status, text }) => send(response, status, text),
      () => send(response, 500, 'Something went wrong in Pipewright.'),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    urlOf: (projectId) => `http://${host.includes(':') ? `[${host}]` : host}:${port}/hooks/${projectId}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function answer(options: EndpointOptions, request: IncomingMessage): Promise<Answer> {
  const projectId = /^\/hooks\/([a-z0-9]+)\/?(?:\?.*)?$/.exec(request.url ?? '')?.[1];
  const listeners = projectId === undefined ? [] : options.listenersOf(projectId);
  if (projectId === undefined || listeners.length === 0)
    return { status: 404, text: 'No pipeline listens here.' };
  if (request.method !== 'POST') return { status: 405, text: 'Webhooks are posted.' };
  const envelope = openEnvelope(request.headers);
  if (envelope === null) return { status: 400, text: 'Send a webhook of GitHub, GitLab or Gitea.' };
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === undefined || !TYPES.includes(type)) {
    return { status: 415, text: 'Choose application/json as the content type.' };
  }
  const body = await readBody(request);
  if (body === null) return { status: 413, text: `A webhook may have ${MAX_BODY_BYTES} bytes.` };

  const believed: Listener[] = [];
  for (const listener of listeners) {
    const secret = await options.resolveSecret(listener.secret, listener.pipeline.projectId);
    if (secret !== null && envelope.isSignedWith(secret, body)) believed.push(listener);
  }
  if (believed.length === 0) return { status: 401, text: 'The signature does not fit.' };

  const event = readPayload(envelope, jsonOf(request, body));
  if (event === null) return { status: 400, text: 'The payload is not what this sender sends; choose JSON.' };
  if (event.kind === 'ping') return { status: 200, text: 'Pipewright listens.' };
  if (!options.mayDeliver()) {
    return { status: 503, text: 'Another Pipewright takes webhooks now; send it again.' };
  }
  if (!options.rememberDelivery(idsOf(envelope, projectId, body))) {
    return { status: 200, text: 'This delivery had come before; nothing was started.' };
  }
  return deliverInTime(options, event, believed);
}

async function deliverInTime(
  { deliver, answerWithinMs = ANSWER_WITHIN_MS }: EndpointOptions,
  event: WebhookEvent,
  listeners: readonly Listener[],
): Promise<Answer> {
  const late = Promise.withResolvers<Answer>();
  const text = 'Taken; the commit is still being fetched. What became of it is in the list of triggers.';
  const timer = setTimeout(() => late.resolve({ status: 202, text }), answerWithinMs);
  const delivered = deliver(event, listeners).then((lines) => ({ status: 202, text: lines.join('\n') }));
  // Nobody waits for it any more once the answer was given.
  delivered.catch(() => undefined);
  try {
    return await Promise.race([delivered, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** GitHub can also send the JSON as a field of a form. */
function jsonOf({ headers }: IncomingMessage, body: Buffer): Buffer {
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) return body;
  return Buffer.from(new URLSearchParams(body.toString('utf8')).get('payload') ?? '');
}

/** Null when it is too long, also when it merely says so; what is longer is not kept. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    // What is left of a body that was too long is not waited for.
    ...(status === 413 ? { Connection: 'close' } : {}),
  });
  response.end(`${text}\n`);
}
