import {
  LOCAL,
  type PlannedContainer,
  type PlannedHealth,
  type PlannedPlace,
  type PlannedResources,
  type PlannedService,
} from './plan-place.ts';
import { readMount } from './place-values.ts';
import type { PipelineFile } from './schema.ts';

type FileStage = PipelineFile['stages'][string];
type FileService = NonNullable<FileStage['services']>[string];
type FileContainer = Partial<FileService> & { readonly image: string };

/** As `docker run` has it, but for the start period, which Docker leaves at nothing. */
export const HEALTH_DEFAULTS = {
  intervalMs: 1_000,
  timeoutMs: 10_000,
  retries: 30,
  startPeriodMs: 0,
} as const;

/** Environment variables at a path of the file, as texts. */
export type Texts = (values: FileContainer['env'], path: readonly string[]) => Record<string, string>;

/** What a stage or `defaults` say about where it runs; null: nothing. A container on its own means the local engine. */
export function placeOf(
  runsOn: FileStage['runs-on'],
  container: FileStage['container'],
  texts: Texts,
): PlannedPlace | null {
  if (typeof runsOn === 'object' && 'ssh' in runsOn)
    return typeof runsOn.ssh === 'string'
      ? { type: 'ssh', host: runsOn.ssh }
      : { type: 'ssh-labels', labels: [...new Set(runsOn.ssh.labels)] };
  if (container !== undefined)
    return {
      type: 'container',
      container: containerOf(container, (env) => texts(env, ['container', 'env'])),
    };
  return runsOn === 'local' ? LOCAL : null;
}

export function servicesOf(services: FileStage['services'], texts: Texts): readonly PlannedService[] {
  return Object.entries(services ?? {}).map(([id, service]) => {
    const envTexts = (env: FileService['env']): Record<string, string> => texts(env, ['services', id, 'env']);
    const health = healthOf(service.health);
    if (service.run !== undefined)
      return {
        id,
        script: service.run,
        env: envTexts(service.env),
        ports: (service.ports ?? []).map(String),
        health,
      };
    // Without an image it is an error of the file.
    const container = containerOf({ ...service, image: service.image ?? '' }, envTexts);
    return { ...container, id, command: service.command ?? [], health };
  });
}

function healthOf(health: FileService['health']): PlannedHealth | null {
  if (health === undefined) return null;
  return {
    command: health.cmd,
    intervalMs: health.interval ?? HEALTH_DEFAULTS.intervalMs,
    timeoutMs: health.timeout ?? HEALTH_DEFAULTS.timeoutMs,
    retries: health.retries ?? HEALTH_DEFAULTS.retries,
    startPeriodMs: health['start-period'] ?? HEALTH_DEFAULTS.startPeriodMs,
  };
}

export function resourcesOf(resources: FileStage['resources']): PlannedResources | null {
  if (resources === undefined) return null;
  return {
    cpus: resources.cpus ?? null,
    memoryBytes: resources.memory ?? null,
    diskBytes: resources.disk ?? null,
    pids: resources.pids ?? null,
  };
}

function containerOf(
  container: FileContainer,
  envTexts: (env: FileContainer['env']) => Record<string, string>,
): PlannedContainer {
  return {
    image: container.image,
    env: envTexts(container.env),
    ports: (container.ports ?? []).map(String),
    mounts: (container.volumes ?? []).map(readMount),
    user: container.user === undefined ? null : String(container.user),
    network: container.network ?? null,
    pull: container.pull ?? 'missing',
    isPrivileged: container.privileged ?? false,
    ...(container.platform === undefined ? {} : { platform: container.platform }),
    ...(container.credentials === undefined ? {} : { credentials: container.credentials }),
    ...(container.options === undefined ? {} : { options: container.options }),
  };
}
