import {
  isContainerService,
  type PlannedContainer,
  type PlannedPlace,
  type PlannedService,
} from './plan-place.ts';

type Replace = (text: string) => string;

/** A place with all texts of it replaced that may hold `${{ }}`; the names of variables stay. */
export function mapPlace(place: PlannedPlace, replace: Replace): PlannedPlace {
  switch (place.type) {
    case 'local':
      return place;
    case 'ssh':
      return { ...place, host: replace(place.host) };
    case 'ssh-labels':
      return { ...place, labels: place.labels.map(replace) };
    case 'container':
      return { ...place, container: mapContainer(place.container, replace) };
  }
}

/** Services, likewise. */
export const mapServices = (
  services: readonly PlannedService[],
  replace: Replace,
): readonly PlannedService[] =>
  services.map((service) => {
    const health =
      service.health === null ? null : { ...service.health, command: replace(service.health.command) };
    if (isContainerService(service))
      return { ...mapContainer(service, replace), command: service.command.map(replace), health };
    return {
      ...service,
      script: replace(service.script),
      env: mapValues(service.env, replace),
      ports: service.ports.map(replace),
      health,
    };
  });

function mapContainer<Container extends PlannedContainer>(container: Container, replace: Replace): Container {
  const { image, env, ports, mounts, user, network, platform, credentials, options } = container;
  return {
    ...container,
    image: replace(image),
    env: mapValues(env, replace),
    ports: ports.map(replace),
    mounts: mounts.map((mount) => ({ ...mount, from: replace(mount.from), to: replace(mount.to) })),
    user: user === null ? null : replace(user),
    network: network === null ? null : replace(network),
    ...(platform === undefined ? {} : { platform: replace(platform) }),
    ...(credentials === undefined
      ? {}
      : {
          credentials: {
            username: replace(credentials.username),
            password: replace(credentials.password),
          },
        }),
    ...(options === undefined ? {} : { options: replace(options) }),
  };
}

const mapValues = (values: Readonly<Record<string, string>>, replace: Replace): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, replace(value)]));
