import { expect, it } from 'vitest';
import { changedPaths, type SituationDraft, situationToSend } from './situation.ts';

const draft: SituationDraft = { event: 'push', refType: 'branch', ref: '', changed: '', inputs: {} };

it('sends what was said and leaves the rest to the project', () => {
  expect(situationToSend(draft)).toEqual({ event: 'push' });
  expect(situationToSend({ ...draft, ref: ' main ', changed: 'a\n' })).toEqual({
    event: 'push',
    branch: 'main',
    changed: ['a'],
  });
  expect(situationToSend({ ...draft, refType: 'tag', ref: 'v1' })).toEqual({ event: 'push', tag: 'v1' });
});

it('reads paths as people paste them', () => {
  expect(changedPaths('src/a.ts\r\n  ./src/b.ts \n\nsrc\\c.ts\nsrc/a.ts')).toEqual([
    'src/a.ts',
    'src/b.ts',
    'src/c.ts',
  ]);
});
