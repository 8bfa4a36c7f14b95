import { readRules } from '#main/triggers/rules.ts';
import { SIMULATED_EVENTS, type SimulatedEvent } from '#shared/api/simulation-schemas.ts';
import type { PipelineFile } from '#shared/pipeline/schema.ts';
import { EVENTS } from './assume-event.ts';

/** The events that a file's triggers name, whatever their filters. */
export function eventsOfFile(on: PipelineFile['on']): SimulatedEvent[] {
  const rules = readRules(on);
  return SIMULATED_EVENTS.filter((event) => event !== 'manual' && EVENTS[event].filterOf(rules) !== null);
}
