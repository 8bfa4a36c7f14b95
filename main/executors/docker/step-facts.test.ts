import { describe, expect, it } from 'vitest';
import { readStepFacts } from './step-facts.ts';

const NONE = { notTried: null, oomKills: null, refusedProcesses: null, fullFolders: [] };

describe('what a step tells of its surroundings', () => {
  it('is nothing when it has told nothing', () => {
    expect(readStepFacts('')).toEqual(NONE);
    expect(readStepFacts('17\n')).toEqual(NONE);
  });

  it('is why it could not be tried', () => {
    expect(readStepFacts('missing\n')).toEqual({ ...NONE, notTried: 'missing' });
    expect(readStepFacts('no-folder\n')).toEqual({ ...NONE, notTried: 'no-folder' });
  });

  it('is what was counted while it ran, with cgroups of either version', () => {
    const counts = (oom: number, pids: number): string =>
      `memory.events max 9\nmemory.events oom 1\nmemory.events oom_kill ${oom}\npids.events max ${pids}\n`;
    expect(readStepFacts(`17\n${counts(1, 0)}${counts(3, 0)}`)).toMatchObject({
      oomKills: 2,
      refusedProcesses: 0,
    });
    const old = (oom: number, pids: number): string =>
      `memory/memory.oom_control under_oom 0\nmemory/memory.oom_control oom_kill ${oom}\npids/pids.events max ${pids}\n`;
    expect(readStepFacts(`17\n${old(0, 4)}${old(0, 5)}`)).toMatchObject({ oomKills: 0, refusedProcesses: 1 });
  });

  it('is unknown while it has counted once', () => {
    expect(readStepFacts('17\nmemory.events oom_kill 1\n').oomKills).toBeNull();
  });

  it('is where no space is left, each place once', () => {
    const text = `17
Filesystem           1024-blocks    Used Available Capacity Mounted on
overlay               10000 9000    1000  90% /
/dev/vdb              10000 10000    0 100% /work/a folder
/dev/vdb              10000 10000    0 100% /work/a folder
tmpfs                 64      64         0 100% /dev/shm
none                  0       0         0   -% /proc
`;
    expect(readStepFacts(text).fullFolders).toEqual(['/work/a folder', '/dev/shm']);
  });
});
