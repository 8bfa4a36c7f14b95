import { describe, expect, it } from 'vitest';
import { createGroupUsage } from './group-usage.ts';
import type { ProcessRow } from './process-row.ts';

const row = (pid: number, parent: number, cpuMs: number, over: Partial<ProcessRow> = {}): ProcessRow => ({
  ...{ pid, parent, cpuMs, group: 1, threads: 1, memoryBytes: 10, readBytes: null, writtenBytes: null },
  ...over,
});

const after = (...looks: readonly (readonly ProcessRow[])[]) => {
  const group = createGroupUsage();
  for (const members of looks) group.update(members);
  return group.usage();
};

describe('createGroupUsage', () => {
  it('adds up the members of a group', () => {
    expect(after([row(1, 0, 100), row(2, 1, 50)])).toMatchObject({ cpuMs: 150, memoryBytes: 20 });
  });

  it('does not count a child twice that its parent has waited for', () => {
    expect(after([row(1, 0, 100), row(2, 1, 50)], [row(1, 0, 160)])).toMatchObject({ cpuMs: 160 });
  });

  it('keeps what a member used whose parent is outside of the group', () => {
    expect(after([row(1, 0, 100), row(2, 99, 50)], [row(1, 0, 100)])).toMatchObject({ cpuMs: 150 });
  });

  it('never takes back what was used', () => {
    expect(after([row(1, 0, 100), row(2, 1, 50)], [row(1, 0, 100)])).toMatchObject({ cpuMs: 150 });
  });

  it('keeps the highest memory as the peak', () => {
    const looks = [[row(1, 0, 1, { memoryBytes: 300 })], [row(1, 0, 2, { memoryBytes: 40 })]];
    expect(after(...looks)).toMatchObject({ memoryBytes: 40, memoryPeakBytes: 300 });
  });

  it('says that nothing is known of storage where no member tells', () => {
    expect(after([row(1, 0, 1)]).readBytes).toBeNull();
    expect(after([row(1, 0, 1), row(2, 1, 1, { readBytes: 7 })]).readBytes).toBe(7);
  });

  it('takes a better figure at the end, but none below what was seen', () => {
    const group = createGroupUsage();
    group.update([row(1, 0, 100)]);
    group.end(90);
    expect(group.usage()).toMatchObject({ cpuMs: 100, memoryBytes: 10, memoryPeakBytes: 10 });
    group.end(130);
    expect(group.usage().cpuMs).toBe(130);
  });
});
