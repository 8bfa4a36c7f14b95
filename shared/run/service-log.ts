import { type StageId, stageIdOf } from '../lib/ids.ts';

/**
 * The name under which a service's log lies beside that of its stage, with the stage's attempts: `test#db`.
 * No stage is called like that: a `#` stands in an id within the brackets of a matrix leg only.
 */
export const serviceLogOf = (stage: StageId, service: string): StageId => stageIdOf(`${stage}#${service}`);
