import { AppError } from '#shared/lib/app-error.ts';

/** A port of a container that this machine answers at. */
export interface PublishedPort {
  /** As the daemon wants it: `5432/tcp`. */
  readonly inside: string;
  readonly host: string;
  /** '' : a free one. */
  readonly hostPort: string;
}

/** Nobody else in the network needs a port of a test: who does says so, as in `0.0.0.0:8080:80`. */
const LOOPBACK = '127.0.0.1';

/**
 * Reads a port as Docker writes it: `5432`, `8080:80`, `127.0.0.1:8080:80/tcp`. Without an address it is this machine's own.
 * @throws AppError `usage`
 */
export function parsePublishedPort(text: string): PublishedPort {
  const match = /^(?:(?:(\[[^\]]+\]|[^:]+):)?(\d*):)?(\d+)(?:\/(tcp|udp|sctp))?$/.exec(text.trim());
  if (match === null || !isPort(match[3]) || (match[2] !== '' && match[2] !== undefined && !isPort(match[2])))
    throw new AppError('usage', `"${text}" is no port of a container.`, {
      hint: 'Write 5432, 8080:80 or 127.0.0.1:8080:80/tcp.',
    });
  const [, host = LOOPBACK, hostPort = '', inside = '', protocol = 'tcp'] = match;
  return { inside: `${inside}/${protocol}`, host: host.replace(/^\[(.*)\]$/, '$1'), hostPort };
}

const isPort = (text: string | undefined): boolean => Number(text) >= 1 && Number(text) <= 65_535;
