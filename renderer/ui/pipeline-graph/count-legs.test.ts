import { describe, expect, it } from 'vitest';
import { countLegs, legCountWords } from './count-legs.ts';

const legs = (...statuses: readonly Parameters<typeof countLegs>[0][number][]) => countLegs(statuses);

describe('the legs of a matrix', () => {
  it('are counted by what a node shows, whatever way a leg failed', () => {
    const counts = legs(
      { status: 'succeeded' },
      { status: 'timed-out' },
      { status: 'infra-error' },
      { status: 'running' },
      { status: 'skipped' },
      { status: 'queued' },
      undefined,
    );
    expect(counts).toEqual({ total: 7, running: 1, succeeded: 1, failed: 2, other: 1 });
  });

  it('are put into words', () => {
    expect(legCountWords(legs({ status: 'succeeded' }, { status: 'failed' }))).toBe(
      '1 succeeded, 1 failed of 2 legs',
    );
    expect(legCountWords(legs({ status: 'pending' }))).toBe('1 leg');
  });
});
