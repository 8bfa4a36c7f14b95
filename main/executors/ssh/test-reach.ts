import { lookup } from 'node:dns/promises';
import net from 'node:net';
import { systemErrorCode } from '#shared/lib/system-error.ts';
import type { HostTarget } from './host-target.ts';

/** What a look at one thing came to, see `HostTestEvent`. */
export interface Finding {
  readonly status: 'passed' | 'warning' | 'failed' | 'skipped';
  readonly words: string;
  readonly wayOut?: string;
}

/** Whether the name leads to an address. Rejects when `signal` aborts. */
export async function findAddress(
  { hostname, port, user, isProxied }: HostTarget,
  signal: AbortSignal,
): Promise<Finding> {
  const at = `${user === '' ? '' : `${user}@`}${hostname}, port ${port}`;
  if (isProxied) return { status: 'passed', words: `It is ${at}, through another host or a command.` };
  if (net.isIP(hostname) !== 0) return { status: 'passed', words: `It is ${at}.` };
  try {
    const { address } = await until(lookup(hostname), signal);
    return { status: 'passed', words: `It is ${at}, at ${address}.` };
  } catch {
    signal.throwIfAborted();
    return {
      status: 'failed',
      words: `The name ${hostname} leads to no address.`,
      wayOut:
        'Check the name, give it a HostName in ~/.ssh/config, or see whether this machine has a network.',
    };
  }
}

/** Whether a server of SSH answers at the port. Rejects when `signal` aborts. */
export async function knock(target: HostTarget, signal: AbortSignal): Promise<Finding> {
  const { hostname, port, connectTimeoutMs } = target;
  const timeout = AbortSignal.timeout(connectTimeoutMs);
  const socket = net.connect({ host: hostname, port });
  try {
    const banner = await until(firstLine(socket), AbortSignal.any([signal, timeout]));
    if (banner.startsWith('SSH-'))
      return { status: 'passed', words: `${banner.replace(/^SSH-[\d.]+-/, '').trim()} answers.` };
    return {
      status: 'failed',
      words: `What answers at port ${port} of ${hostname} is no server of SSH.`,
      wayOut: 'Check the Port in ~/.ssh/config.',
    };
  } catch (error) {
    signal.throwIfAborted();
    return silence(target, timeout.aborted ? 'ETIMEDOUT' : systemErrorCode(error));
  } finally {
    socket.destroy();
  }
}

function silence({ hostname, port }: HostTarget, code: string | null): Finding {
  const where = `port ${port} of ${hostname}`;
  if (code === 'ECONNREFUSED')
    return {
      status: 'failed',
      words: `Nothing listens at ${where}.`,
      wayOut: 'Start the SSH server there, or check the Port in ~/.ssh/config.',
    };
  return {
    status: 'failed',
    words: code === 'ETIMEDOUT' ? `There is no answer from ${where}.` : `${where} cannot be reached.`,
    wayOut: 'See whether the host is on, and whether a firewall or a missing VPN keeps you from it.',
  };
}

/** What a server says first, up to the end of the line; what it had said when it closed. */
function firstLine(socket: net.Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    socket.on('data', (chunk: Buffer) => {
      said += chunk.toString('latin1');
      if (said.includes('\n') || said.length > 1_000) resolve(said.split('\n')[0] ?? '');
    });
    socket.once('end', () => resolve(said));
    socket.once('error', reject);
  });
}

function until<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
