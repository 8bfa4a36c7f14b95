/** The contexts that have values in this version. */
export const CONTEXTS = ['inputs', 'env', 'needs', 'steps', 'run', 'stage', 'git'] as const;

/** Contexts that the format knows and a later version fills. */
export const LATER_CONTEXTS = ['matrix', 'secrets', 'vars', 'stages'] as const;

/** The functions that work in this version, with the least and the greatest number of parameters. */
export const FUNCTIONS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['case', [3, 255]],
  ['contains', [2, 2]],
  ['endsWith', [2, 2]],
  ['format', [1, 255]],
  ['fromJSON', [1, 1]],
  ['join', [1, 2]],
  ['startsWith', [2, 2]],
  ['toJSON', [1, 1]],
]);

/** Functions that the format knows and a later version brings. */
export const LATER_FUNCTIONS = ['success', 'failure', 'always', 'cancelled', 'hashFiles'] as const;
