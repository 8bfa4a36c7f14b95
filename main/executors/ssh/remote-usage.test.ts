import { describe, expect, it } from 'vitest';
import type { Usage } from '#shared/run/usage.ts';
import { createRemoteUsage, type RemoteUsage } from './remote-usage.ts';

function after(work: (usage: RemoteUsage) => void): Usage | undefined {
  const seen: Usage[] = [];
  work(createRemoteUsage((usage) => seen.push(usage)));
  return seen.at(-1);
}

describe('createRemoteUsage', () => {
  it('keeps totals and the highest memory from look to look', () => {
    const usage = after(({ look }) => {
      look([120, 500, 10, 20]);
      look([100, 300, NaN, 30]);
    });
    expect(usage).toEqual({
      ...{ cpuMs: 120, memoryBytes: 300, memoryPeakBytes: 500 },
      ...{ readBytes: 10, writtenBytes: 30 },
    });
  });

  it('says that nothing is known of storage where the host does not tell', () => {
    expect(after(({ look }) => look([1, 2, NaN, NaN]))).toMatchObject({
      readBytes: null,
      writtenBytes: null,
    });
  });

  it('counts what has ended between two looks, once there was a look', () => {
    const end = ({ ended }: RemoteUsage): void => ended(['1m2.500s', '0m0.25s']);
    expect(after(end)).toBeUndefined();
    expect(
      after((usage) => {
        usage.look([100, 1, 1, 1]);
        end(usage);
      }),
    ).toMatchObject({ cpuMs: 62_750, memoryBytes: 1 });
  });

  it('takes no notice of what it cannot read', () => {
    const usage = after(({ look, ended }) => {
      look([]);
      look([7, 8, 9, 10]);
      ended(['1,5s']);
    });
    expect(usage?.cpuMs).toBe(7);
  });
});
