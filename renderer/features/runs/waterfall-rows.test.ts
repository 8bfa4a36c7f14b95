import { describe, expect, it } from 'vitest';
import { plan, planned, ran, runOf } from './run-fixture.ts';
import { stageSpans, waterfallRows } from './waterfall-rows.ts';

const run = runOf(plan([planned('late'), planned('waits', ['late']), planned('early')]), [
  ran('early', 5, 20),
  ran('late', 10, 30),
]);

describe('waterfallRows', () => {
  it('orders by start and puts what has not started at the end', () => {
    expect(waterfallRows(run).map(({ id }) => id)).toEqual(['early', 'late', 'waits']);
  });
});

describe('stageSpans', () => {
  const spans = (position: number) => stageSpans(run, waterfallRows(run)[position]!.stage, 99);

  it('tells the wait from the work', () => {
    expect(spans(1)).toEqual({ readyMs: 0, startMs: 10, endMs: 30 });
  });

  it('has nothing to tell of a stage that has not started', () => {
    expect(spans(2)).toBeNull();
  });
});
