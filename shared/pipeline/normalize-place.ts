import {
  LOCAL,
  type PlannedContainer,
  type PlannedPlace,
  type PlannedResources,
  type PlannedService,
} from './plan-place.ts';
import { readMount } from './place-values.ts';
import type { PipelineFile } from './schema.ts';

type FileStage = PipelineFile['stages'][string];
type FileContainer = Partial<NonNullable<FileStage['services']>[string]> & { readonly image: string };

/** As `docker run` has it, but for the start period, which Docker leaves at nothing. */
const HEALTH_INTERVAL_MS = 1_000;
const HEALTH_TIMEOUT_MS = 10_000;
const HEALTH_RETRIES = 30;

/** Environment variables at a path of the file, as texts. */
export type Texts = (values: FileContainer['env'], path: readonly string[]) => Record<string, string>;

/** What a stage or `defaults` say about where it runs; null: nothing. A container on its own means the local engine. */
export function placeOf(
  runsOn: FileStage['runs-on'],
  container: FileStage['container'],
  texts: Texts,
): PlannedPlace | null {
  if (typeof runsOn === 'object' && 'ssh' in runsOn) return { type: 'ssh', host: runsOn.ssh };
  if (container !== undefined)
    return {
      type: 'container',
      container: containerOf(container, (env) => texts(env, ['container', 'env'])),
    };
  return runsOn === 'local' ? LOCAL : null;
}

export function servicesOf(services: FileStage['services'], texts: Texts): readonly PlannedService[] {
  return Object.entries(services ?? {}).map(([id, service]) => ({
    ...containerOf(service, (env) => texts(env, ['services', id, 'env'])),
    id,
    command: service.command ?? [],
    health:
      service.health === undefined
        ? null
        : {
            command: service.health.cmd,
            intervalMs: service.health.interval ?? HEALTH_INTERVAL_MS,
            timeoutMs: service.health.timeout ?? HEALTH_TIMEOUT_MS,
            retries: service.health.retries ?? HEALTH_RETRIES,
            startPeriodMs: service.health['start-period'] ?? 0,
          },
  }));
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
  };
}
