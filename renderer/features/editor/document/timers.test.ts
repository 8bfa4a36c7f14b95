import { describe, expect, it } from 'vitest';
import { createManualTimers } from './document-fixture.ts';
import { postpone } from './timers.ts';

function setup() {
  const timers = createManualTimers();
  const runs: number[] = [];
  return { timers, runs, postponed: postpone(timers, () => runs.push(timers.now())) };
}

describe('postpone', () => {
  it('runs so long after the first call, however many follow', () => {
    const { timers, runs, postponed } = setup();
    for (let count = 0; count < 5; count += 1) {
      postponed.soon(100);
      timers.advance(30);
    }
    expect(runs).toEqual([120]);
  });

  it('waits for a rest, but not longer than it may', () => {
    const { timers, runs, postponed } = setup();
    for (let count = 0; count < 3; count += 1) {
      postponed.afterRest(50, 1_000);
      timers.advance(40);
    }
    expect(runs).toEqual([]);
    timers.advance(10);
    expect(runs).toEqual([130]);
    for (let count = 0; count < 30; count += 1) {
      postponed.afterRest(50, 200);
      timers.advance(40);
    }
    expect(runs.length).toBeGreaterThan(5);
  });

  it('runs once when it is told to run at once while a run is due', () => {
    const { timers, runs, postponed } = setup();
    postponed.afterRest(50, 200);
    postponed.now();
    timers.advance(1_000);
    expect(runs).toEqual([0]);
  });

  it('runs no more once it is cancelled', () => {
    const { timers, runs, postponed } = setup();
    postponed.soon(50);
    postponed.cancel();
    timers.advance(1_000);
    expect(runs).toEqual([]);
  });
});
