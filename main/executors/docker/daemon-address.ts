import { AppError } from '#shared/lib/app-error.ts';

/** Folders and files with what TLS needs; null: not used. */
export interface DaemonTls {
  /** Holds `ca.pem`, `cert.pem` and `key.pem`, each of which may be missing. */
  readonly dir: string;
  readonly mustVerify: boolean;
}

/** How a daemon is reached. */
export type DaemonAddress =
  | { readonly type: 'socket'; readonly path: string }
  | { readonly type: 'tcp'; readonly host: string; readonly port: number; readonly tls: DaemonTls | null }
  /** Through the user's own `ssh`; `target` is what is said to it. */
  | { readonly type: 'ssh'; readonly target: string; readonly port: number | null };

const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

/**
 * Reads an address as `DOCKER_HOST` and contexts have it.
 * @param tls what goes with it, should it be TCP
 * @throws AppError `docker-unreachable` when it is none
 */
export function parseDaemonAddress(text: string, tls: DaemonTls | null): DaemonAddress {
  const [, scheme = 'tcp', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/.exec(text) ?? [];
  if ((scheme === 'unix' || scheme === 'npipe') && rest !== '') return { type: 'socket', path: rest };
  // Not as HTTP, which would forget a port that it thinks is its own.
  const url = URL.parse(`tcp://${rest}`);
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  const target = url === null || url.username === '' ? host : `${url.username}@${host}`;
  // What begins with a dash would be an option of ssh.
  const isKnown = ['tcp', 'http', 'https', 'ssh'].includes(scheme);
  if (url === null || host === '' || target.startsWith('-') || !isKnown)
    throw new AppError('docker-unreachable', `The address ${text} of the Docker daemon cannot be read.`, {
      hint: 'Write it as unix:///path, tcp://host:2376 or ssh://user@host in DOCKER_HOST or in the Docker context.',
    });
  const port = url.port === '' ? null : Number(url.port);
  if (scheme === 'ssh') return { type: 'ssh', target, port };
  return {
    type: 'tcp',
    host,
    port: port ?? (tls === null && scheme !== 'https' ? PLAIN_PORT : TLS_PORT),
    tls,
  };
}

/** For people, as `DOCKER_HOST` would have it. */
export function formatDaemonAddress(address: DaemonAddress): string {
  if (address.type === 'socket')
    return address.path.startsWith('/') && !address.path.startsWith('//')
      ? `unix://${address.path}`
      : `npipe://${address.path}`;
  const { type } = address;
  const host = type === 'ssh' ? address.target : address.host;
  return `${type}://${host}${address.port === null ? '' : `:${address.port}`}`;
}

/** Whether folders of this machine can be mounted there: a daemon behind a socket of this machine sees its files. */
export function seesLocalFiles(address: DaemonAddress): boolean {
  return address.type === 'socket';
}
