import { pipelineFileSchema } from '../schema.ts';
import { stageSchema } from '../schema-stage.ts';
import { stepSchema } from '../schema-steps.ts';
import type { ValuePath } from '../source-map.ts';

/** The order in which one writes the keys of a stage or step: what it is, when it runs, what it does, what comes of it. */
const STAGE_KEYS = [
  ...['name', 'extends', 'needs', 'if', 'matrix', 'runs-on', 'container', 'services', 'environment'],
  ...['uses', 'pipeline', 'with', 'run', 'steps', 'approval', 'shell', 'working-directory', 'env', 'secrets'],
];
const OF_STAGE = [
  ...STAGE_KEYS,
  ...Object.keys(stageSchema.shape).filter((key) => !STAGE_KEYS.includes(key)),
];
const STEP_KEYS = ['id', 'name', 'if', 'uses', 'with', 'run', 'shell', 'working-directory', 'env'];
const OF_STEP = [...STEP_KEYS, ...Object.keys(stepSchema.shape).filter((key) => !STEP_KEYS.includes(key))];
const OF_FILE = Object.keys(pipelineFileSchema.shape);

/** The key that a new one comes behind; null: it comes first; undefined: last, in mappings without an order. */
export function placeOfKey(
  path: ValuePath,
  key: string,
  present: readonly string[],
): string | null | undefined {
  const order = orderAt(path);
  const rank = order?.indexOf(key) ?? -1;
  if (order === null || rank < 0) return undefined;
  const before = present.filter((other) => order.indexOf(other) < rank && order.includes(other));
  return before.at(-1) ?? null;
}

function orderAt(path: ValuePath): readonly string[] | null {
  if (path.length === 0) return OF_FILE;
  const isStage =
    (path.length === 2 && (path[0] === 'stages' || path[0] === 'templates')) ||
    (path.length === 4 && path[0] === 'pipelines' && path[2] === 'stages');
  if (isStage) return OF_STAGE;
  return typeof path.at(-1) === 'number' && path.at(-2) === 'steps' ? OF_STEP : null;
}
