import type { ServiceFacts } from '#main/engine/ports.ts';

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

const LOOPBACK = '127.0.0.1';

/**
 * The machine that shows the ports of a daemon's containers, as this one reaches it.
 * @param address of the daemon, as `DOCKER_HOST` has it
 */
export function publishedHost(address: string): string {
  const host = /^(?:tcp|ssh|https?):/.test(address) ? URL.parse(address)?.hostname : undefined;
  return host === undefined || host === '' || host === 'localhost' ? LOOPBACK : host;
}

/** The address that a daemon shows ports on unless the file says one: no other machine's, but where steps are on another. */
export function publishAddress(host: string): string {
  return host === LOOPBACK ? LOOPBACK : '0.0.0.0';
}
