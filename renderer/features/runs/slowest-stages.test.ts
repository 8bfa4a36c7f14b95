import { describe, expect, it } from 'vitest';
import { plan, planned, ran, runOf } from './run-fixture.ts';
import { slowestStages } from './slowest-stages.ts';

describe('slowestStages', () => {
  it('puts what runs before what took longest, and leaves out what has not started', () => {
    const run = runOf(
      plan([planned('short'), planned('long'), planned('live'), planned('waits', ['live'])]),
      [
        ran('short', 0, 5),
        ran('long', 0, 50),
        [{ type: 'attempt-started', stage: 'live', attempt: 1, ms: 40 }],
      ],
    );
    expect(slowestStages(run, 9).map(({ id }) => id)).toEqual(['live', 'long', 'short']);
    expect(slowestStages(run, 1).map(({ id }) => id)).toEqual(['live']);
  });
});
