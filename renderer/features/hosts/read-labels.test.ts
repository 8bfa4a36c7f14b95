import { expect, it } from 'vitest';
import { labelsProblem, readLabels } from './read-labels.ts';

it('reads labels between commas and spaces, each once', () => {
  expect(readLabels(' linux, gpu  linux,,arm64 ')).toEqual(['linux', 'gpu', 'arm64']);
  expect(readLabels('  ')).toEqual([]);
});

it('names the first label that cannot be one', () => {
  expect(labelsProblem(['linux', 'g++', '-x', 'é'])).toBe('-x must be a word such as linux or gpu.');
  expect(labelsProblem(['linux', 'a.b:c+d-e_f'])).toBeNull();
});
