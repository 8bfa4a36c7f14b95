/** An image's name in its parts. */
export interface ImageName {
  /** With the registry, as the daemon wants it: `postgres`, `quay.io/team/app`. */
  readonly repository: string;
  /** A tag (`16`) or a digest (`sha256:…`). */
  readonly version: string;
  /** Under which credentials are kept. */
  readonly registry: string;
}

/** The name that Docker's own registry has in everybody's credentials. */
export const DEFAULT_REGISTRY = 'https://index.docker.io/v1/';

/** Reads `[registry/]repository[:tag][@digest]`; without a tag it is `latest`. */
export function parseImageName(text: string): ImageName {
  const [name = '', digest] = text.split('@');
  const colon = name.lastIndexOf(':');
  const hasTag = colon > name.lastIndexOf('/');
  const repository = hasTag ? name.slice(0, colon) : name;
  return {
    repository,
    version: digest ?? (hasTag ? name.slice(colon + 1) : 'latest'),
    registry: registryOf(repository),
  };
}

function registryOf(repository: string): string {
  const first = repository.split('/')[0] ?? '';
  const isHost = repository.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  return isHost && first !== 'docker.io' && first !== 'index.docker.io' ? first : DEFAULT_REGISTRY;
}
