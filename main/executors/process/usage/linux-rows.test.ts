import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished, describe, expect, it } from 'vitest';
import { createLinuxRows, type Depth } from './linux-rows.ts';

/** A group of its own that makes a process more for each line that it reads, and then says so. */
async function startGroup() {
  const script = 'echo; while read -r line; do sleep 600 & echo; done';
  const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => end(child));
  await once(child.stdout, 'data');
  return {
    pid: child.pid!,
    async grow(): Promise<void> {
      child.stdin.write('\n');
      await once(child.stdout, 'data');
    },
    end: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid!, 'SIGKILL');
  await ended;
}

describe.runIf(process.platform === 'linux')('createLinuxRows', () => {
  it('sees who joins a group, in quick looks too', async () => {
    const group = await startGroup();
    const rows = createLinuxRows();
    const counted = (depth: Depth): number => rows.read(new Map([[group.pid, depth]])).length;
    expect(counted('quick')).toBe(1);
    await group.grow();
    expect(counted('quick')).toBe(2);
    await group.grow();
    expect([counted('full'), counted('quick')]).toEqual([3, 3]);
    rows.forget(group.pid);
  });

  it('tells in a quick look what a full one found of storage', async () => {
    const group = await startGroup();
    const rows = createLinuxRows();
    const [full] = rows.read(new Map([[group.pid, 'full']]));
    const [quick] = rows.read(new Map([[group.pid, 'quick']]));
    expect(quick).toMatchObject({ pid: group.pid, readBytes: full?.readBytes, threads: 1 });
    expect(quick?.memoryBytes).toBeGreaterThan(0);
    rows.forget(group.pid);
  });

  it('sees nobody of a group that has ended', async () => {
    const group = await startGroup();
    const rows = createLinuxRows();
    expect(rows.read(new Map([[group.pid, 'quick']]))).toHaveLength(1);
    await group.end();
    expect(rows.read(new Map([[group.pid, 'quick']]))).toEqual([]);
  });

  it('reads a group only when it is asked for it', async () => {
    const [one, other] = [await startGroup(), await startGroup()];
    const rows = createLinuxRows();
    rows.read(
      new Map([
        [one.pid, 'quick'],
        [other.pid, 'quick'],
      ]),
    );
    const pids = rows.read(new Map([[other.pid, 'full']])).map(({ pid }) => pid);
    expect(pids).toEqual([other.pid]);
    rows.forget(one.pid);
    rows.forget(other.pid);
  });
});
