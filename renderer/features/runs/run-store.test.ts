import { describe, expect, it } from 'vitest';
import { event, plan, planned } from './run-fixture.ts';
import { applyEvents, createRunStore } from './run-store.ts';

const log = event.log(plan([planned('a')]), [
  { type: 'run-started' },
  { type: 'attempt-started', stage: 'a', attempt: 1 },
]);

describe('applyEvents', () => {
  it('folds a batch with one change', () => {
    const store = createRunStore();
    let changes = 0;
    store.subscribe(() => {
      changes += 1;
    });
    applyEvents(store, log);
    expect(changes).toBe(1);
    expect(store.getState().run?.counts.running).toBe(1);
  });

  it('skips what it has seen', () => {
    const store = createRunStore();
    applyEvents(store, log);
    const { run } = store.getState();
    applyEvents(store, log);
    expect(store.getState().run).toBe(run);
  });

  it('refuses a gap', () => {
    const store = createRunStore();
    expect(() => applyEvents(store, [log[0]!, log[2]!])).toThrow(/follows/);
  });
});
