import type { PlannedContainer, PlannedPlace, PlannedService } from './plan-place.ts';

type Replace = (text: string) => string;

/** A place with all texts of it replaced that may hold `${{ }}`; the names of variables stay. */
export function mapPlace(place: PlannedPlace, replace: Replace): PlannedPlace {
  switch (place.type) {
    case 'local':
      return place;
    case 'ssh':
      return { ...place, host: replace(place.host) };
    case 'container':
      return { ...place, container: mapContainer(place.container, replace) };
  }
}

/** Services, likewise. */
export const mapServices = (
  services: readonly PlannedService[],
  replace: Replace,
): readonly PlannedService[] =>
  services.map((service) => ({
    ...mapContainer(service, replace),
    command: service.command.map(replace),
    health: service.health === null ? null : { ...service.health, command: replace(service.health.command) },
  }));

function mapContainer<Container extends PlannedContainer>(container: Container, replace: Replace): Container {
  const { image, env, ports, mounts, user, network } = container;
  return {
    ...container,
    image: replace(image),
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, replace(value)])),
    ports: ports.map(replace),
    mounts: mounts.map((mount) => ({ ...mount, from: replace(mount.from), to: replace(mount.to) })),
    user: user === null ? null : replace(user),
    network: network === null ? null : replace(network),
  };
}
