import { expect, it } from 'vitest';
import { fieldWords } from './field-words.ts';
import { matchesFilter } from './matches-filter.ts';
import { pipelineShapes } from './pipeline-shapes.ts';

const found = (filter: string): readonly string[] =>
  [...pipelineShapes().stage.values()]
    .filter((field) => matchesFilter(filter, fieldWords(field)))
    .map(({ key }) => key);

it('finds a setting by its key, its help, and by what is in it', () => {
  expect(found('skip-if-unchanged')).toEqual(['skip-if-unchanged']);
  expect(found('process tree')).toContain('timeout');
  expect(found('retention')).toEqual(['artifacts']);
});

it('wants all words of a filter, in any order, and everything without one', () => {
  expect(found('delay backoff')).toEqual(['retry']);
  expect(found('')).toHaveLength(pipelineShapes().stage.size);
});
