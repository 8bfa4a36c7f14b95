import { expect, it } from 'vitest';
import { createRemoteLimits, notKept } from './remote-limits.ts';

const NONE = { cpus: null, memoryBytes: null, diskBytes: null, pids: null };

it('calls back once, with the first look that is over a limit', () => {
  let over = 0;
  const limits = createRemoteLimits({ ...NONE, memoryBytes: 100, pids: 3 }, () => (over += 1));
  expect(limits.isWatched).toBe(true);
  limits.look(100, 3);
  limits.look(50, NaN);
  expect([over, limits.outcomeOf({ exitCode: 1, signal: null })]).toEqual([0, null]);
  limits.look(50, 4);
  limits.look(101, 4);
  expect(over).toBe(1);
  expect(limits.outcomeOf({ exitCode: 143, signal: null })).toMatchObject({
    ...{ type: 'failed', exitCode: 143 },
    message: expect.stringContaining('the limit is 3') as string,
  });
});

it('watches nothing where nothing that it could keep is limited, and says what is not kept', () => {
  const limits = { ...NONE, cpus: 2, diskBytes: 10 };
  expect(createRemoteLimits(limits, () => undefined).isWatched).toBe(false);
  expect(createRemoteLimits(null, () => undefined).isWatched).toBe(false);
  expect(notKept(limits, 'b')).toEqual([
    'resources.cpus is not kept on b',
    'resources.disk is not kept on b',
  ]);
  expect(notKept(null, 'b')).toEqual([]);
});
