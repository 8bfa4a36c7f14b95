import { formatSize } from '../lib/sizes.ts';
import type { PlannedPlace, PlannedResources, PlannedService } from './plan-place.ts';

/** Where a stage runs, in few words (`node:24`, `ssh build-1`, `ssh linux, gpu`); null for this machine. */
export function placeWords(place: PlannedPlace | undefined): string | null {
  switch (place?.type) {
    case 'container':
      return place.container.image;
    case 'ssh':
      return `ssh ${place.host}`;
    case 'ssh-labels':
      return `ssh ${place.labels.join(', ')}`;
    case 'local':
    case undefined:
      return null;
  }
}

/** Likewise within a sentence: `in a container of node:24`, `on the host build-1`, `on a host with the label gpu`. */
export function placePhrase(place: PlannedPlace | undefined): string | null {
  const words = placeWords(place);
  if (words === null || place === undefined) return null;
  if (place.type === 'ssh-labels') return `on a host with ${labelWords(place.labels)}`;
  return place.type === 'ssh' ? `on the host ${place.host}` : `in a container of ${words}`;
}

/** The host that a stage runs on, or asks for; null for one of this machine. @param given the host that it got */
export function hostWords(place: PlannedPlace | undefined, given: string | undefined): string | null {
  if (place?.type === 'ssh') return given ?? place.host;
  if (place?.type !== 'ssh-labels') return null;
  const wanted = `any with ${labelWords(place.labels)}`;
  return given === undefined ? wanted : `${given} (${wanted})`;
}

/** `the label gpu`, `the labels linux and gpu`. */
export function labelWords(labels: readonly string[]): string {
  const last = labels.at(-1) ?? '';
  return labels.length < 2 ? `the label ${last}` : `the labels ${labels.slice(0, -1).join(', ')} and ${last}`;
}

/** `db (postgres:16), api (a process of this machine)`; null for none. */
export const serviceWords = (services: readonly PlannedService[] | undefined): string | null =>
  services === undefined || services.length === 0
    ? null
    : services.map((service) => `${service.id} (${service.image ?? 'a process of this machine'})`).join(', ');

/** `2 processors, 1.0 GiB of memory`; null without a limit. */
export function resourceWords(resources: PlannedResources | undefined): string | null {
  if (resources === undefined) return null;
  const { cpus, memoryBytes, diskBytes, pids } = resources;
  const words = [
    ...(cpus === null ? [] : [`${cpus} ${cpus === 1 ? 'processor' : 'processors'}`]),
    ...(memoryBytes === null ? [] : [`${formatSize(memoryBytes)} of memory`]),
    ...(diskBytes === null ? [] : [`${formatSize(diskBytes)} of disk`]),
    ...(pids === null ? [] : [`${pids} ${pids === 1 ? 'process' : 'processes'}`]),
  ];
  return words.length === 0 ? null : words.join(', ');
}
