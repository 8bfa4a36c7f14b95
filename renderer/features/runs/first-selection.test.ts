import { describe, expect, it } from 'vitest';
import { firstSelection, neighbour } from './first-selection.ts';
import { plan, planned, ran, runOf } from './run-fixture.ts';

const three = plan([planned('a'), planned('b'), planned('c')]);

describe('firstSelection', () => {
  it('is what broke, before what runs', () => {
    const run = runOf(three, [
      [{ type: 'attempt-started', stage: 'b', attempt: 1, ms: 1 }],
      ran('c', 2, 5, 'failed'),
    ]);
    expect(firstSelection(run)).toBe('c');
  });

  it('is what runs, else the first stage', () => {
    expect(firstSelection(runOf(three, [[{ type: 'attempt-started', stage: 'b', attempt: 1, ms: 1 }]]))).toBe(
      'b',
    );
    expect(firstSelection(runOf(three, []))).toBe('a');
  });
});

describe('neighbour', () => {
  it('walks in the order of the file and stops at its ends', () => {
    const run = runOf(three, []);
    expect(neighbour(run, 'a', 1)).toBe('b');
    expect(neighbour(run, 'a', -1)).toBe('a');
    expect(neighbour(run, 'c', 1)).toBe('c');
    expect(neighbour(run, null, 1)).toBe('a');
  });
});
