import type Docker from 'dockerode';
import { AppError } from '#shared/lib/app-error.ts';
import { parseDuration } from '#shared/lib/durations.ts';
import {
  type ContainerOptions,
  optionBytes,
  type OptionName,
  type OptionsOwner,
  readOptions,
} from '#shared/pipeline/container-options.ts';
import { HEALTH_DEFAULTS } from '#shared/pipeline/normalize-place.ts';
import type {
  PlannedContainer,
  PlannedContainerService,
  PlannedHealth,
} from '#shared/pipeline/plan-place.ts';

const NONE: ContainerOptions = new Map();

/** @throws AppError `place-invalid` for options that are none */
function optionsOf({ options }: Pick<PlannedContainer, 'options'>, owner: OptionsOwner): ContainerOptions {
  if (options === undefined) return NONE;
  const read = readOptions(options, owner);
  if (typeof read === 'string') throw new AppError('place-invalid', `\`options\` of a container ${read}.`);
  return read;
}

const lastOf = (options: ContainerOptions, name: OptionName): string | undefined => options.get(name)?.at(-1);

/** The container with what its options say of keys of its own; where both say something, the key wins. */
export function withOptions<Container extends PlannedContainer>(
  container: Container,
  owner: OptionsOwner,
): Container {
  const options = optionsOf(container, owner);
  const platform = container.platform ?? lastOf(options, 'platform');
  return {
    ...container,
    user: container.user ?? lastOf(options, 'user') ?? null,
    isPrivileged: container.isPrivileged || lastOf(options, 'privileged') === 'true',
    ...(platform === undefined ? {} : { platform }),
  };
}

/** Likewise a service; the check that its options name is its own, unless `health` says one. */
export function serviceWithOptions(service: PlannedContainerService): PlannedContainerService {
  return { ...withOptions(service, 'service'), health: service.health ?? healthOf(service) };
}

function healthOf(service: PlannedContainerService): PlannedHealth | null {
  const options = optionsOf(service, 'service');
  const command = lastOf(options, 'health-cmd');
  if (command === undefined) return null;
  const ms = (name: OptionName): number | null => parseDuration(lastOf(options, name) ?? '');
  return {
    command,
    intervalMs: ms('health-interval') ?? HEALTH_DEFAULTS.intervalMs,
    timeoutMs: ms('health-timeout') ?? HEALTH_DEFAULTS.timeoutMs,
    retries: Number(lastOf(options, 'health-retries') ?? HEALTH_DEFAULTS.retries),
    startPeriodMs: ms('health-start-period') ?? HEALTH_DEFAULTS.startPeriodMs,
  };
}

/** What options come to in the configuration of a container. */
export interface OptionConfig {
  readonly top: { readonly Hostname?: string; readonly Entrypoint?: string[] };
  readonly host: Docker.HostConfig;
  readonly securityOpt: readonly string[];
}

/** @throws AppError `place-invalid` for options that are none */
export function optionConfig(
  container: Pick<PlannedContainer, 'options'>,
  owner: OptionsOwner,
): OptionConfig {
  const options = optionsOf(container, owner);
  const host: Docker.HostConfig = {};
  for (const [name, values] of options) Object.assign(host, partOf(name, values));
  const hostname = lastOf(options, 'hostname');
  const entrypoint = lastOf(options, 'entrypoint');
  return {
    host,
    securityOpt: options.get('security-opt') ?? [],
    top: {
      ...(hostname === undefined ? {} : { Hostname: hostname }),
      ...(entrypoint === undefined ? {} : { Entrypoint: [entrypoint] }),
    },
  };
}

function partOf(name: OptionName, values: readonly string[]): Docker.HostConfig {
  const last = values.at(-1) ?? '';
  switch (name) {
    case 'add-host':
      return { ExtraHosts: [...values] };
    case 'cap-add':
      return { CapAdd: [...values] };
    case 'cap-drop':
      return { CapDrop: [...values] };
    case 'cpus':
      return { NanoCpus: Math.round(Number(last) * 1e9) };
    case 'device':
      return { Devices: values.map(deviceOf) };
    case 'dns':
      return { Dns: [...values] };
    case 'group-add':
      return { GroupAdd: [...values] };
    case 'init':
      return { Init: last === 'true' };
    case 'memory': {
      const bytes = optionBytes(last) ?? 0;
      // As `resources.memory` has it: swap is within the limit.
      return { Memory: bytes, MemorySwap: bytes };
    }
    case 'pids-limit':
      return { PidsLimit: Number(last) };
    case 'shm-size':
      return { ShmSize: optionBytes(last) ?? 0 };
    case 'sysctl':
      return { Sysctls: Object.fromEntries(values.map((value) => splitAt(value, '='))) };
    case 'tmpfs':
      return { Tmpfs: Object.fromEntries(values.map((value) => splitAt(value, ':'))) };
    case 'ulimit':
      return { Ulimits: values.map(ulimitOf) };
    case 'hostname':
    case 'security-opt':
    case 'platform':
    case 'privileged':
    case 'user':
    case 'entrypoint':
    case 'health-cmd':
    case 'health-interval':
    case 'health-timeout':
    case 'health-retries':
    case 'health-start-period':
      return {};
  }
}

/** Both sides of the first one; '' for what is not there. */
function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function deviceOf(text: string): { PathOnHost: string; PathInContainer: string; CgroupPermissions: string } {
  const [from = '', to = from, permissions = 'rwm'] = text.split(':');
  // Docker's short form: permissions in the place of the path.
  return to.startsWith('/')
    ? { PathOnHost: from, PathInContainer: to, CgroupPermissions: permissions }
    : { PathOnHost: from, PathInContainer: from, CgroupPermissions: to };
}

function ulimitOf(text: string): { Name: string; Soft: number; Hard: number } {
  const [name, limits] = splitAt(text, '=');
  const [soft, hard] = splitAt(limits, ':');
  return { Name: name, Soft: Number(soft), Hard: Number(hard === '' ? soft : hard) };
}
