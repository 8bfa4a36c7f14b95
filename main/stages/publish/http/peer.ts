import { setTimeout } from 'node:timers/promises';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { systemErrorCode } from '#shared/lib/system-error.ts';

/** A server that a kind talks to. */
export interface Peer {
  /** For people, with its article: `the registry http://localhost:4873`. */
  readonly name: string;
  readonly context: Pick<KindContext, 'signal' | 'say'>;
  /** How often more something is tried that a server or the network failed at. */
  readonly retries: number;
}

const FIRST_DELAY_MS = 300;
const MAX_DELAY_MS = 20_000;
/** Too many requests, and what a server or one before it says while it is not itself. */
const isPassing = (status: number): boolean => status === 429 || status >= 500;

/**
 * Asks a server and reads its answer; again, later and later, while it fails (5xx, 429) or the connection is cut, also in
 * the middle of the answer. Any other answer is one, whatever its status.
 * @param init is made anew for each try; `undefined` for a plain GET
 * @throws AppError `service-failed` when it failed to the last; the signal's reason
 */
export async function ask<Answer>(
  peer: Peer,
  url: string | URL,
  init: () => RequestInit | Promise<RequestInit>,
  read: (response: Response) => Promise<Answer>,
): Promise<Answer> {
  return again(peer, () => askOnce(peer, url, init, read));
}

/** As `ask`, but what may pass is thrown as it is, for work that `again` does as a whole. */
export async function askOnce<Answer>(
  { name, context }: Peer,
  url: string | URL,
  init: () => RequestInit | Promise<RequestInit>,
  read: (response: Response) => Promise<Answer>,
): Promise<Answer> {
  const response = await fetch(url, { ...(await init()), signal: context.signal });
  if (!isPassing(response.status)) return read(response);
  const retryAfterMs = Number(response.headers.get('retry-after') ?? 0) * 1_000;
  await response.body?.cancel();
  throw new Passing(`${name} answered ${statusText(response)}`, retryAfterMs || 0);
}

/** Something that failed in a way that may pass. */
export class Passing extends Error {
  readonly retryAfterMs: number;
  constructor(message: string, retryAfterMs = 0) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Does something until it succeeds, or fails for good. Contract: `ask`. */
export async function again<Result>(
  { name, context, retries }: Peer,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      context.signal.throwIfAborted();
      if (error instanceof AppError) throw error;
      const message = error instanceof Passing ? error.message : `${name} ${cutReason(error)}`;
      if (tries >= retries) {
        const after = tries === 0 ? '' : ` (after ${tries + 1} tries)`;
        throw new AppError('service-failed', `${capitalized(message)}${after}.`, {
          hint: 'Try again later, or look at the address and at the server.',
          cause: error,
        });
      }
      const delayMs = Math.min(
        MAX_DELAY_MS,
        Math.max(FIRST_DELAY_MS * 2 ** tries, error instanceof Passing ? error.retryAfterMs : 0),
      );
      await context.say(`${message}; trying again in ${delayMs} ms (${tries + 1} of ${retries})`);
      await setTimeout(delayMs, undefined, { signal: context.signal });
    }
  }
}

/** What became of a connection, in words; the reason stands in the cause of what `fetch` throws. */
function cutReason(error: unknown): string {
  if (error instanceof SyntaxError)
    return 'gave an answer that is no JSON: it was cut, or something else answered';
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  switch (systemErrorCode(cause)) {
    case 'ECONNREFUSED':
      return 'does not answer: nobody listens there';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'cannot be found';
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return 'took too long to answer';
    case null:
    default: {
      const message = cause instanceof Error ? cause.message : String(cause);
      if (/certificate|self.signed|altname|SSL|TLS/i.test(message))
        return `has a certificate that is not trusted (${message})`;
      return 'cut the connection';
    }
  }
}

const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export const statusText = ({ status, statusText: text }: Pick<Response, 'status' | 'statusText'>): string =>
  text === '' ? String(status) : `${status} ${text}`;

/** Why a server said no, with what to do about the usual causes. @param doing after "to": `publish shop 1.0.0` */
export async function refusal(peer: Peer, response: Response, doing: string): Promise<AppError> {
  const { status } = response;
  const said = wordsOf(await response.text().catch(() => ''));
  const reason = said === '' ? '' : ` It said: ${said}`;
  const answer = `${capitalized(peer.name)} refused to ${doing}: ${statusText(response)}.`;
  return new AppError('service-failed', `${answer}${reason}`, { hint: hintOf(status), details: { status } });
}

function hintOf(status: number): string {
  if (status === 401) return 'It does not know who asks: give a credential, and look whether it has expired.';
  if (status === 403) return 'Who asks may not do that: use another credential, or have the right granted.';
  if (status === 404)
    return 'Look at the address and at the name; some servers say this to who may not see it.';
  if (status === 409) return 'It is there already.';
  if (status === 413) return 'It is larger than the server takes.';
  return 'Look at the server.';
}

/** The message of an error as registries write it, on one line. */
function wordsOf(text: string): string {
  let words = text;
  try {
    const body = JSON.parse(text) as { error?: unknown; message?: unknown; errors?: { message?: unknown }[] };
    const found = body.errors?.[0]?.message ?? body.error ?? body.message;
    words = typeof found === 'string' ? found : '';
  } catch {
    // XML, as S3 writes it, or a page for people.
    words = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? (text.trimStart().startsWith('<') ? '' : text);
  }
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
}
