import { describe, expect, it } from 'vitest';
import { plan, planned, ran, runOf } from './run-fixture.ts';
import { chapterOf } from './story-chapter.ts';

describe('chapterOf', () => {
  it('changes with failures and with progress, not with every stage of many', () => {
    const many = Array.from({ length: 40 }, (_, index) => planned(`s${index}`));
    const after = (...done: readonly (readonly [string, 'failed' | 'succeeded'])[]) =>
      chapterOf(
        runOf(
          plan(many),
          done.map(([id, status], index) => ran(id, index, index + 1, status)),
        ),
      );
    expect(after()).toBe(after(['s0', 'succeeded']));
    expect(after(['s0', 'failed'])).not.toBe(after(['s0', 'succeeded']));
    const four = ['s0', 's1', 's2', 's3'].map((id) => [id, 'succeeded'] as const);
    expect(after(...four)).not.toBe(after());
  });
});
