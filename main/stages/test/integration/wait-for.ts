import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { reasonOf } from '#shared/lib/system-error.ts';

const PAUSE_MS = 200;
const ONE_TRY_MS = 5_000;

/**
 * Waits until something listens at each `tcp://host:port` and each `http(s)://…` answers with a status below 400.
 * @throws AppError `service-failed` after `timeoutMs`, with what the last try said; `usage` for another address; rejects with the
 * signal's reason
 */
export async function waitFor(
  { signal, runsHere }: Pick<KindContext, 'signal' | 'runsHere'>,
  addresses: readonly string[],
  timeoutMs: number,
  now: () => number,
): Promise<void> {
  if (addresses.length > 0 && !runsHere) {
    throw new AppError('usage', '`wait-for` asks from this machine, and the stage runs elsewhere.', {
      hint: 'Give the service a `health` check of its own.',
    });
  }
  const deadline = now() + timeoutMs;
  for (const address of addresses) {
    const url = parseAddress(address);
    for (;;) {
      const why = await tryOnce(url, AbortSignal.any([signal, AbortSignal.timeout(ONE_TRY_MS)]));
      signal.throwIfAborted();
      if (why === null) break;
      if (now() + PAUSE_MS >= deadline) {
        throw new AppError(
          'service-failed',
          `${address} was not ready after ${formatDuration(timeoutMs)}: ${why}.`,
          {
            hint: 'Look at the log of the service, or give it more time in `wait-timeout`.',
          },
        );
      }
      await delay(PAUSE_MS, undefined, { signal });
    }
  }
}

function parseAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url !== null && ['http:', 'https:'].includes(url.protocol)) return url;
  if (url?.protocol === 'tcp:' && url.port !== '') return url;
  throw new AppError('usage', `\`wait-for\`: ${address} is no address to wait for.`, {
    hint: 'Write `tcp://127.0.0.1:5432` or `http://127.0.0.1:8080/health`.',
  });
}

/** Why it is not ready; null: it is. */
async function tryOnce(url: URL, signal: AbortSignal): Promise<string | null> {
  try {
    if (url.protocol === 'tcp:') {
      await connectOnce(url, signal);
      return null;
    }
    const response = await fetch(url, { signal, redirect: 'manual' });
    await response.body?.cancel();
    return response.status < 400 ? null : `it answered ${response.status}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return reasonOf(cause);
  }
}

const connectOnce = (url: URL, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) });
    const giveUp = (): void => {
      socket.destroy();
      reject(new Error('nothing answered'));
    };
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('connect', () => {
      signal.removeEventListener('abort', giveUp);
      socket.destroy();
      resolve();
    });
    socket.once('error', (error) => {
      signal.removeEventListener('abort', giveUp);
      reject(error);
    });
  });
