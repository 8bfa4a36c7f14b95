declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A run's id: time-ordered, 16 lower-case letters and digits, safe in a file name. */
export type RunId = Branded<'RunId'>;
/** A stage's id, unique in its plan; a matrix leg is `unit[node=22]`. */
export type StageId = Branded<'StageId'>;
/** A project's id, derived from the folder's real path, so that two hosts agree on it. */
export type ProjectId = Branded<'ProjectId'>;

export const runIdOf = (text: string): RunId => text as RunId;
export const stageIdOf = (text: string): StageId => text as StageId;
export const projectIdOf = (text: string): ProjectId => text as ProjectId;

/**
 * Makes a run id that sorts by time of creation.
 * @param nowMs epoch milliseconds
 * @param random numbers in [0, 1); injected, so that tests repeat
 */
export function createRunId(nowMs: number, random: () => number): RunId {
  const time = nowMs.toString(36).padStart(9, '0');
  let tail = '';
  while (tail.length < 7) tail += Math.floor(random() * 36).toString(36);
  return runIdOf(time + tail);
}
