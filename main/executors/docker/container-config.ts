import path from 'node:path';
import type Docker from 'dockerode';
import type { PlannedContainer, PlannedMount, PlannedResources } from '#shared/pipeline/plan-place.ts';
import type { DockerDaemon } from './docker-client.ts';
import { WAIT_SCRIPT } from './container-scripts.ts';
import { parsePublishedPort } from './published-port.ts';
import { optionConfig } from './with-options.ts';

/** A folder of this machine and where the container has it. */
export interface OwnMount {
  /** Null: a volume that is empty at first and goes with the container. */
  readonly source: string | null;
  readonly target: string;
}

export interface ContainerWish {
  readonly container: PlannedContainer;
  readonly resources: PlannedResources | null;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Null: the image's own. */
  readonly user: string | null;
  /** Of the stage's services, as the file says, or of the run. */
  readonly network: string;
  /** A second one: what the file says, for a stage with services. */
  readonly alsoOn: string | null;
  /** Absolute, on this machine: relative mounts are in it. */
  readonly workspace: string;
  /** The user's home, for `~/`. */
  readonly home: string;
  /** Workspace and commands. */
  readonly mounts: readonly OwnMount[];
}

const NANO = 1e9;

/**
 * What the daemon makes a stage's container of. It only waits: the image's entrypoint is replaced, and each step is a
 * process of its own in it. No environment stands in it, since everybody who may ask the daemon could read it there.
 * @throws AppError `usage` for a port that is none, `place-invalid` for options that are none
 */
export function containerConfig(
  wish: ContainerWish,
  daemon: Pick<DockerDaemon, 'remapsUsers' | 'hasSelinux'>,
): Docker.ContainerCreateOptions {
  const { container, resources } = wish;
  const ports = container.ports.map(parsePublishedPort);
  const mounts = container.mounts.map((mount) => mountOf(mount, wish));
  const options = optionConfig(container, 'stage');
  return {
    name: wish.name,
    Image: container.image,
    ...(container.platform === undefined ? {} : { platform: container.platform }),
    ...options.top,
    Entrypoint: ['sh', '-c', WAIT_SCRIPT],
    Cmd: [],
    Labels: { ...wish.labels },
    ...(wish.user === null ? {} : { User: wish.user }),
    ExposedPorts: Object.fromEntries(ports.map(({ inside }) => [inside, {}])),
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      Mounts: [...wish.mounts.map((mount) => ownMount(mount, wish.labels)), ...mounts],
      PortBindings: Object.fromEntries(
        [...new Set(ports.map(({ inside }) => inside))].map((inside) => [
          inside,
          ports
            .filter((port) => port.inside === inside)
            .map(({ host, hostPort }) => ({ HostIp: host, HostPort: hostPort })),
        ]),
      ),
      NetworkMode: wish.network,
      Privileged: container.isPrivileged,
      LogConfig: { Type: 'none', Config: {} },
      ...limitsOf(resources),
      ...options.host,
      // The workspace belongs to a user of this machine, whom a remapped container cannot be.
      ...(daemon.remapsUsers ? { UsernsMode: 'host' } : {}),
      // Else the folders of the project would have to be relabelled, for good.
      SecurityOpt: [...options.securityOpt, ...(daemon.hasSelinux ? ['label=disable'] : [])],
    },
  };
}

function limitsOf(resources: PlannedResources | null): Docker.HostConfig {
  if (resources === null) return {};
  const { cpus, memoryBytes, diskBytes, pids } = resources;
  return {
    ...(cpus === null ? {} : { NanoCpus: Math.round(cpus * NANO) }),
    // The same with swap: what is swapped out is not within the limit either.
    ...(memoryBytes === null ? {} : { Memory: memoryBytes, MemorySwap: memoryBytes }),
    ...(pids === null ? {} : { PidsLimit: pids }),
    ...(diskBytes === null ? {} : { StorageOpt: { size: String(diskBytes) } }),
  };
}

function ownMount(
  { source, target }: OwnMount,
  labels: Readonly<Record<string, string>>,
): Docker.MountSettings {
  if (source !== null) return { Type: 'bind', Source: source, Target: target };
  return { Type: 'volume', Source: '', Target: target, VolumeOptions: { ...volumeOf(labels), NoCopy: true } };
}

function mountOf(
  { from, to, isReadOnly }: PlannedMount,
  { workspace, home, labels }: ContainerWish,
): Docker.MountSettings {
  const common = { Target: to, ReadOnly: isReadOnly };
  // Without a name it goes with the container; with one it is the user's, and stays.
  if (from === '') return { ...common, Type: 'volume', Source: '', VolumeOptions: volumeOf(labels) };
  if (/^[A-Za-z0-9][\w.-]+$/.test(from)) return { ...common, Type: 'volume', Source: from };
  const source = from.startsWith('~/') ? path.join(home, from.slice(2)) : path.resolve(workspace, from);
  return { ...common, Type: 'bind', Source: source };
}

function volumeOf(
  labels: Readonly<Record<string, string>>,
): NonNullable<Docker.MountSettings['VolumeOptions']> {
  return { NoCopy: false, Labels: { ...labels }, DriverConfig: { Name: 'local', Options: {} } };
}
