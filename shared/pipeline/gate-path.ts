import type { ValuePath } from './source-map.ts';

/** Whether a path is that of a condition in a stage's gate, in one of its forms: such a text is an expression without `${{ }}`. */
export function isGateCondition(path: ValuePath): boolean {
  const keys = path.filter((key) => typeof key === 'string');
  const ends = keys.at(-1) === 'conditions' ? keys.slice(0, -1) : keys;
  return ends.at(-1) === 'gate' && ends.at(-3) === 'stages';
}
