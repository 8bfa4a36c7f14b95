import { SIMULATED_EVENTS, type SimulatedEvent } from '../api/simulation-schemas.ts';
import type { PipelineFile } from './schema.ts';

/** Names that say nothing by themselves: a schedule has times, a watch has paths. */
const NEED_MORE: readonly string[] = ['schedule', 'watch'];

/** The events that may start a file's pipeline by themselves, whatever their filters. */
export function namedEvents(on: PipelineFile['on']): SimulatedEvent[] {
  const names = namesOf(on);
  return SIMULATED_EVENTS.filter((event) => event !== 'manual' && names.has(event));
}

function namesOf(on: PipelineFile['on']): ReadonlySet<string> {
  if (on === undefined) return new Set();
  if (typeof on === 'string') return namesOf([on] as PipelineFile['on']);
  if (Array.isArray(on)) return new Set(on.filter((name) => !NEED_MORE.includes(name)));
  const named = Object.entries(on).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  return new Set(named.map(([name]) => name));
}
