import type { ServiceFacts } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';

/** A port of a container, and where this machine shows it. */
export interface PublishedPort {
  /** As Docker names it: `5432/tcp`. */
  readonly name: string;
  /** Null: the address that ports are shown on unless the file says one. */
  readonly address: string | null;
  /** Null: any that is free. */
  readonly port: number | null;
}

const PORT = /^(?:(?:(\[[0-9a-f:.]+\]|[\d.]+):)?(\d*):)?(\d+)(?:\/(tcp|udp|sctp))?$/i;

/**
 * Reads a port as Docker writes it: `5432`, `8080:80`, `127.0.0.1:8080:80/tcp`, `127.0.0.1::80`.
 * @throws AppError `place-failed`
 */
export function parsePort(text: string): PublishedPort {
  const [, address, outer = '', inner, protocol = 'tcp'] = PORT.exec(text.trim()) ?? [];
  const isPort = (value: number): boolean => value >= 1 && value <= 65_535;
  if (inner === undefined || !isPort(Number(inner)) || (outer !== '' && !isPort(Number(outer)))) {
    const hint = 'Write the port in the container, such as 5432, or 8080:80 for a fixed one of this machine.';
    throw new AppError('place-failed', `"${text}" is no port.`, { hint });
  }
  return {
    name: `${Number(inner)}/${protocol.toLowerCase()}`,
    address: address?.replace(/^\[|\]$/g, '') ?? null,
    port: outer === '' ? null : Number(outer),
  };
}

/** Where Docker says that it shows the ports of a container, by their names. */
export type PortBindings = Readonly<
  Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>
>;

/** How steps outside of the services' network reach a service. @param host the machine that its ports are shown on */
export function factsOutside(host: string, bindings: PortBindings): ServiceFacts {
  const ports: Record<string, number> = {};
  for (const [name, shown] of Object.entries(bindings)) {
    const [first] = shown ?? [];
    if (first !== undefined) ports[keyOf(name)] = Number(first.HostPort);
  }
  return { host, ports };
}

/** How containers of its network reach a service: by its id, at the ports that it really has. */
export function factsInside(id: string, names: readonly string[]): ServiceFacts {
  return {
    host: id,
    ports: Object.fromEntries(names.map((name) => [keyOf(name), Number.parseInt(name, 10)])),
  };
}

/** TCP is what people mean by a port. */
const keyOf = (name: string): string => name.replace(/\/tcp$/, '');
