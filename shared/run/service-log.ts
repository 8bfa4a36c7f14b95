import { type StageId, stageIdOf } from '../lib/ids.ts';

/**
 * The name under which a service's log lies beside that of its stage, with the stage's attempts: `test#db`.
 * No stage is called like that: a `#` stands in an id within the brackets of a matrix leg only.
 */
export const serviceLogOf = (stage: StageId, service: string): StageId => stageIdOf(`${stage}#${service}`);

/** The log for people, to follow "log of": `test`, `service db of test`. */
export function logWords(log: string): string {
  const [, stage, service] = /^(.+)#([A-Za-z_][\w-]*)$/.exec(log) ?? [];
  return service === undefined ? log : `service ${service} of ${stage ?? ''}`;
}
