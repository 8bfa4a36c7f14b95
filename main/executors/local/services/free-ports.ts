import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { AppError } from '#shared/lib/app-error.ts';

export const LOOPBACK = '127.0.0.1';

/**
 * Ports of 127.0.0.1 at which nobody listens now, each another one. Nothing holds them: who wants one takes it soon.
 * @throws AppError `place-failed` when this machine has none
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers: Server[] = [];
  try {
    for (let index = 0; index < count; index++) {
      const server = createServer().listen(0, LOOPBACK);
      servers.push(server);
      await once(server, 'listening');
    }
    return servers.map(portOf);
  } catch (error) {
    throw new AppError('place-failed', 'This machine has no free port for a service.', { cause: error });
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address === 'object' && address !== null) return address.port;
  throw new Error('The server has no port');
}
