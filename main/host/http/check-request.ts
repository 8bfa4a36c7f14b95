import type { IncomingMessage } from 'node:http';
import type { Session } from './session.ts';

/** Why a request is refused. */
export interface Refusal {
  readonly status: 401 | 403 | 421;
  /** One sentence. */
  readonly message: string;
}

/**
 * Null when a request may go on. A page of another origin cannot get here: not by a name that it made point to this machine
 * (Host), not with the browser's cookie (Origin, Sec-Fetch-Site), and not without the token.
 * @param isUpgrade a WebSocket, to which browsers do not apply their same-origin rules
 */
export function checkRequest(
  request: IncomingMessage,
  port: number,
  session: Session,
  isUpgrade = false,
): Refusal | null {
  const refusal = checkHost(request, port);
  if (refusal) return refusal;
  const proof = session.proofOf(request);
  if (proof === null) {
    return {
      status: 401,
      message: 'Open Pipewright with the address that it printed when it started; it holds the key.',
    };
  }
  const { origin } = request.headers;
  const isSafe = (request.method === 'GET' || request.method === 'HEAD') && !isUpgrade;
  if (origin !== undefined) {
    if (!isOwnOrigin(origin, port)) return { status: 403, message: 'Another origin may not do this.' };
  } else if (!isSafe && proof === 'cookie') {
    return { status: 403, message: 'A request that changes something must name its origin.' };
  }
  const site = request.headers['sec-fetch-site'];
  if (proof === 'cookie' && (site === 'cross-site' || site === 'same-site') && !isNavigation(request)) {
    return { status: 403, message: 'Another site may not do this.' };
  }
  return null;
}

/** Null when the Host header names this server. */
export function checkHost({ headers }: IncomingMessage, port: number): Refusal | null {
  const host = headers.host?.toLowerCase();
  if (host === `127.0.0.1:${port}` || host === `localhost:${port}`) return null;
  return { status: 421, message: 'This address does not belong to Pipewright.' };
}

function isOwnOrigin(origin: string, port: number): boolean {
  return origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}`;
}

function isNavigation({ headers, method }: IncomingMessage): boolean {
  return (
    method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  );
}
