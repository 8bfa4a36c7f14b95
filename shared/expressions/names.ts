/** The contexts that expressions may read; which of them have values depends on where an expression stands. */
export const CONTEXTS = [
  'inputs',
  'env',
  'needs',
  'steps',
  'services',
  'matrix',
  'secrets',
  'vars',
  'state',
  'run',
  'stage',
  'git',
] as const;

type Arity = readonly [least: number, greatest: number];

/** The functions that work everywhere, with the least and the greatest number of parameters. */
export const FUNCTIONS: ReadonlyMap<string, Arity> = new Map([
  ['case', [3, 255]],
  ['contains', [2, 2]],
  ['endsWith', [2, 2]],
  ['format', [1, 255]],
  ['fromJSON', [1, 1]],
  ['join', [1, 2]],
  ['startsWith', [2, 2]],
  ['toJSON', [1, 1]],
]);

/** The functions of conditions, which say how what came before has ended. */
export const STATUS_FUNCTIONS = ['success', 'failure', 'always', 'cancelled'] as const;

/** Functions that work in some places only, likewise. */
export const PLACED_FUNCTIONS: ReadonlyMap<string, Arity> = new Map([
  ...STATUS_FUNCTIONS.map((name): [string, Arity] => [name, [0, 0]]),
  ['hashFiles', [1, 255]],
]);
