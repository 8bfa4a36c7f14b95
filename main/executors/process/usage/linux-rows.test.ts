import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished, describe, expect, it } from 'vitest';
import { createLinuxRows, type Depth, type LinuxRows } from './linux-rows.ts';

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

/** Rows of groups that are not looked at any more when the test is over. */
function following(...groups: readonly number[]): LinuxRows {
  const rows = createLinuxRows();
  for (const group of groups) rows.follow(group);
  onTestFinished(() => groups.forEach((group) => rows.forget(group)));
  return rows;
}

describe.runIf(process.platform === 'linux')('createLinuxRows', () => {
  it('sees who joins a group, in quick looks too', async () => {
    const group = await startGroup();
    const rows = following(group.pid);
    const counted = (depth: Depth): number => rows.read(new Map([[group.pid, depth]])).length;
    expect(counted('quick')).toBe(1);
    await group.grow();
    expect(counted('quick')).toBe(2);
    await group.grow();
    expect([counted('full'), counted('quick')]).toEqual([3, 3]);
  });

  it('tells in a quick look what a full one found of storage', async () => {
    const group = await startGroup();
    const rows = following(group.pid);
    const [full] = rows.read(new Map([[group.pid, 'full']]));
    const [quick] = rows.read(new Map([[group.pid, 'quick']]));
    expect(quick).toMatchObject({ pid: group.pid, readBytes: full?.readBytes, threads: 1 });
    expect(quick?.memoryBytes).toBeGreaterThan(0);
  });

  it('sees nobody of a group that has ended', async () => {
    const group = await startGroup();
    const rows = following(group.pid);
    expect(rows.read(new Map([[group.pid, 'quick']]))).toHaveLength(1);
    await group.end();
    expect(rows.read(new Map([[group.pid, 'quick']]))).toEqual([]);
  });

  it('finds who joined a group while others were looked at', async () => {
    const [one, other] = [await startGroup(), await startGroup()];
    const rows = following(one.pid, other.pid);
    await one.grow();
    const countedOf = (pid: number): number => rows.read(new Map([[pid, 'quick']])).length;
    expect([countedOf(other.pid), countedOf(one.pid)]).toEqual([1, 2]);
  });
});
