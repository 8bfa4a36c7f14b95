import { expect, it } from 'vitest';
import { mapTexts } from './map-texts.ts';

it('replaces texts at every depth and leaves what says what a thing is', () => {
  const event = {
    type: 'test',
    stage: 'test',
    issue: { code: 'test', message: 'a test', list: ['test', 1, null] },
  };
  expect(mapTexts(event, (text) => text.replaceAll('test', '***'))).toEqual({
    type: 'test',
    stage: 'test',
    issue: { code: 'test', message: 'a ***', list: ['***', 1, null] },
  });
});
