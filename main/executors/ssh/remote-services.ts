import type { PlaceRequest, ServiceFacts } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { OpenedServices, ServiceOpener } from '../services/service-opener.ts';
import { forwardToHost, type RemoteForward } from './remote-forward.ts';
import type { RemoteHost } from './remote-host.ts';

const LOOPBACK = '127.0.0.1';

/**
 * Starts the services of a stage on this machine and lets its steps on the host reach them, at its 127.0.0.1.
 * @throws AppError as `ServiceOpener.open`, and `place-failed` when the host does not let them. Nothing is left then.
 */
export async function openRemoteServices(
  host: RemoteHost,
  opener: ServiceOpener | undefined,
  request: PlaceRequest,
  signal: AbortSignal,
): Promise<OpenedServices> {
  const { services } = request;
  if (services.length === 0) return { facts: {}, close: () => Promise.resolve() };
  if (opener === undefined || !host.canForward)
    throw new AppError('unsupported-place', 'Services cannot be brought to a host from here.', {
      hint: 'The ssh of Windows cannot share a connection: run the stage on this machine, or start the service in a step.',
    });
  const opened = await opener.open(request, signal);
  const forwards: RemoteForward[] = [];
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> =>
    (closing ??= (async () => {
      await Promise.all(forwards.map((forward) => forward.close()));
      await opened.close();
    })());
  try {
    const facts: Record<string, ServiceFacts> = {};
    for (const [id, service] of Object.entries(opened.facts)) {
      const ports: Record<string, number> = {};
      for (const [name, port] of Object.entries(service.ports)) {
        signal.throwIfAborted();
        if (name.includes('/')) throw noTcp(id, name);
        const forward = await forwardToHost(host, { host: service.host, port });
        forwards.push(forward);
        ports[name] = forward.port;
      }
      facts[id] = { host: LOOPBACK, ports };
    }
    return { facts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function noTcp(service: string, port: string): AppError {
  return new AppError('place-failed', `Port ${port} of service ${service} cannot be brought to a host.`, {
    hint: 'OpenSSH takes TCP there and nothing else.',
  });
}
