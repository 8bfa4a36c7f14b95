import { describe, expect, it } from 'vitest';
import { changeWords, countTypes, countWords, stageWords } from './change-words.ts';

describe('the words for changes', () => {
  it('tell what became of a stage, and under which name it was known', () => {
    expect(changeWords({ type: 'removed', from: null })).toBe('removed');
    expect(changeWords({ type: 'renamed', from: 'unit' })).toBe('renamed from unit');
    expect(stageWords({ change: 'renamed', from: 'unit' }, [])).toBe('was unit');
    expect(stageWords({ change: null, from: null }, [])).toBe('as before');
  });

  it('name each field of a changed stage once', () => {
    const field = (name: string) => ({ name, before: null, after: null });
    expect(stageWords({ change: 'changed', from: null }, ['needs', 'needs', 'run'].map(field))).toBe(
      'changed: needs, run',
    );
  });

  it('count what there is', () => {
    const changes = (['changed', 'added', 'changed'] as const).map((type) => ({ type }));
    expect(countWords(countTypes(changes))).toBe('1 added, 2 changed');
    expect(countWords(countTypes([]))).toBe('');
  });
});
