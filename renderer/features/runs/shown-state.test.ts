import { describe, expect, it } from 'vitest';
import { shownState } from './shown-state.ts';
import { matrix, plan, planned, ran, runOf } from './run-fixture.ts';

const values = (count: number) => Array.from({ length: count }, (_, index) => ({ node: 20 + index }));

describe('shownState', () => {
  it('shows a matrix as running once a leg has started, with an object that stays', () => {
    const run = runOf(plan(matrix('unit', values(2))), [
      [{ type: 'attempt-started', stage: 'unit[node=20]', attempt: 1, ms: 5 }],
    ]);
    expect(shownState(run, 0).status).toBe('running');
    expect(shownState(run, 0)).toBe(shownState(run, 0));
  });

  it('shows a matrix that no leg of has started as it is', () => {
    const run = runOf(plan([planned('a'), ...matrix('unit', values(2), ['a'])]), [ran('a', 0, 5)]);
    expect(shownState(run, 1).status).toBe('pending');
  });
});
