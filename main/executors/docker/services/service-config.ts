import os from 'node:os';
import path from 'node:path';
import type Docker from 'dockerode';
import type { PlaceRequest } from '#main/engine/ports.ts';
import type { PlannedMount, PlannedContainerService } from '#shared/pipeline/plan-place.ts';
import { parsePublishedPort } from '../published-port.ts';
import { optionConfig } from '../with-options.ts';
import { SECRETS_ENTRYPOINT } from './secret-variables.ts';

/** What an image says of itself. */
export interface ImageFacts {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** `5432/tcp` */
  readonly exposed: readonly string[];
}

export interface ServiceSurroundings {
  /** The network that is the services' own. */
  readonly network: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The address on which ports are shown to steps outside of the network; null: nobody there needs them. */
  readonly publishTo: string | null;
}

export interface ServiceConfig {
  readonly options: Docker.ContainerCreateOptions;
  /** The ports of the service, as Docker names them. */
  readonly ports: readonly string[];
  /** Variables that hold secrets: they are no part of the configuration. */
  readonly secret: Readonly<Record<string, string>>;
}

/** The container of a service. @throws AppError `usage` for ports that are none */
export function serviceConfig(
  service: PlannedContainerService,
  image: ImageFacts,
  { network, labels, publishTo }: ServiceSurroundings,
  { workspace, holdsSecret }: Pick<PlaceRequest, 'workspace' | 'holdsSecret'>,
): ServiceConfig {
  const asked = service.ports.map(parsePublishedPort);
  // A file that names no ports means those that the image has.
  const ports = asked.length > 0 ? asked.map(({ inside }) => inside) : image.exposed;
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { inside, host, hostPort } of asked) {
    if (hostPort === '' && publishTo === null) continue;
    const binding = { HostIp: host === LOOPBACK ? (publishTo ?? LOOPBACK) : host, HostPort: hostPort };
    (bindings[inside] ??= []).push(binding);
  }
  if (asked.length === 0 && publishTo !== null)
    for (const name of ports) bindings[name] = [{ HostIp: publishTo, HostPort: '' }];

  const open = Object.entries(service.env).filter(([, value]) => !holdsSecret(value));
  const secret = Object.fromEntries(Object.entries(service.env).filter(([, value]) => holdsSecret(value)));
  const hasSecrets = Object.keys(secret).length > 0;
  const written = optionConfig(service, 'service');
  const { Entrypoint: entrypoint = image.entrypoint } = written.top;
  // As Docker has it: the image's command goes with the image's entry point.
  const ownCommand = written.top.Entrypoint === undefined ? image.command : [];
  const command = service.command.length > 0 ? service.command : ownCommand;
  return {
    ports: [...new Set(ports)],
    secret,
    options: {
      Image: service.image,
      ...(service.platform === undefined ? {} : { platform: service.platform }),
      ...written.top,
      Labels: { ...labels, 'pipewright.service': service.id },
      Env: open.map(([name, value]) => `${name}=${value}`),
      ExposedPorts: Object.fromEntries(ports.map((name) => [name, {}])),
      ...(hasSecrets
        ? { Entrypoint: [...SECRETS_ENTRYPOINT, ...entrypoint, ...command], Cmd: [] }
        : service.command.length > 0
          ? { Cmd: [...service.command] }
          : {}),
      ...(service.user !== null && { User: service.user }),
      // Our own check stands for that of the image; without one the image's counts.
      ...(service.health !== null && { Healthcheck: { Test: ['NONE'] } }),
      AttachStdout: true,
      AttachStderr: true,
      AttachStdin: hasSecrets,
      OpenStdin: hasSecrets,
      StdinOnce: hasSecrets,
      Volumes: Object.fromEntries(service.mounts.filter(({ from }) => from === '').map(({ to }) => [to, {}])),
      HostConfig: {
        NetworkMode: network,
        PortBindings: bindings,
        Binds: service.mounts.filter(({ from }) => from !== '').map((mount) => bindOf(mount, workspace)),
        Privileged: service.isPrivileged,
        ...written.host,
        SecurityOpt: [...written.securityOpt],
      },
      NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [service.id] } } },
    },
  };
}

const LOOPBACK = '127.0.0.1';

function bindOf({ from, to, isReadOnly }: PlannedMount, workspace: string): string {
  const isVolume = /^[A-Za-z0-9][\w.-]*$/.test(from);
  const absolute = from.startsWith('~/')
    ? path.join(os.homedir(), from.slice(2))
    : path.resolve(workspace, from);
  const source = isVolume ? from : absolute;
  return `${source}:${to}${isReadOnly ? ':ro' : ''}`;
}
