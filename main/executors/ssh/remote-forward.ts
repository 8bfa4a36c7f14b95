import { AppError } from '#shared/lib/app-error.ts';
import type { RemoteHost } from './remote-host.ts';

/** A port of the host that leads to one of this machine. */
export interface RemoteForward {
  /** On the host, at its 127.0.0.1. */
  readonly port: number;
  /** Idempotent; never rejects. */
  close(): Promise<void>;
}

/** Where connections go to, as this machine reaches it. */
export interface ForwardTarget {
  readonly host: string;
  readonly port: number;
}

const LOOPBACK = '127.0.0.1';
const TRIES = 5;
const PAUSE_MS = 1_000;

/**
 * Lets processes on the host reach a port of this machine, over the connection that is there. It is made again, at the same
 * port, with each new connection after one that was lost.
 * @throws AppError `place-failed` when the host does not do it
 */
export async function forwardToHost(host: RemoteHost, target: ForwardTarget): Promise<RemoteForward> {
  const { code, output } = await host.control(['-O', 'forward', '-R', specOf(0, target)]);
  const port = Number(/^\d+/.exec(output)?.[0]);
  if (code !== 0 || !(port > 0)) throw refused(host, output);
  let listened = 0;
  let isOpen = true;
  let timer: NodeJS.Timeout | undefined;

  async function restore(triesLeft: number): Promise<void> {
    const result = await host.control(['-O', 'forward', '-R', specOf(port, target)]);
    if (result.code === 0) listened = port;
    // Who served the old connection there may not have noticed yet that it is over.
    else if (isOpen && triesLeft > 1) timer = setTimeout(() => void restore(triesLeft - 1), PAUSE_MS).unref();
  }
  const forget = host.onReconnected(() => void restore(TRIES));

  return {
    port,
    async close() {
      if (!isOpen) return;
      isOpen = false;
      forget();
      clearTimeout(timer);
      await host.control(['-O', 'cancel', '-R', specOf(listened, target)]);
    },
  };
}

const specOf = (port: number, target: ForwardTarget): string =>
  `${LOOPBACK}:${port}:${target.host}:${target.port}`;

function refused({ name }: RemoteHost, output: string): AppError {
  const said = output.trim().split('\n')[0] ?? '';
  return new AppError(
    'place-failed',
    `${name} does not let its processes reach services of this machine${said === '' ? '.' : `: ${said}.`}`,
    { hint: 'Its sshd has to allow it: AllowTcpForwarding yes, or remote.' },
  );
}
