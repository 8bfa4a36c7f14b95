import { describe, expect, it } from 'vitest';
import type { Usage } from '#shared/run/usage.ts';
import { createStepLimits } from './step-limits.ts';

const wanted = { cpus: null, memoryBytes: 1_000, diskBytes: null, pids: 3 };
const ended = { exitCode: null, signal: 'SIGKILL' } as const;
const failed = { type: 'failed', ...ended, message: null } as const;
const used = (memoryBytes: number): Usage => ({
  ...{ cpuMs: 1, memoryBytes, memoryPeakBytes: memoryBytes },
  ...{ readBytes: null, writtenBytes: null },
});

const watched = () => createStepLimits(() => null).open(wanted);

describe('createStepLimits without cgroups', () => {
  it('leaves alone what keeps within its limits', () => {
    const limits = watched();
    expect(limits.isOver({ usage: used(1_000), threads: 3 })).toBe(false);
    expect(limits.outcomeOf(ended, failed)).toBe(failed);
  });

  it('says out of memory of a group that was ended for it', () => {
    const limits = watched();
    expect(limits.isOver({ usage: used(1_001), threads: 1 })).toBe(true);
    expect(limits.outcomeOf(ended, failed)).toMatchObject({
      type: 'failed',
      signal: 'SIGKILL',
      message: expect.stringMatching(/^out of memory: .* limit of 1\.0 kB/) as string,
    });
  });

  it('says too many processes of a group that had them', () => {
    const limits = watched();
    expect(limits.isOver({ usage: used(1), threads: 4 })).toBe(true);
    expect(limits.outcomeOf(ended, failed)).toMatchObject({
      message: expect.stringContaining('too many processes and threads: the limit is 3') as string,
    });
  });

  it('says which limits are not kept', () => {
    const { notes } = createStepLimits(() => null).open({ ...wanted, cpus: 2, diskBytes: 5 });
    expect(notes).toEqual([
      expect.stringContaining('resources.cpus is not kept here'),
      expect.stringContaining('resources.disk is not kept'),
    ]);
  });
});
