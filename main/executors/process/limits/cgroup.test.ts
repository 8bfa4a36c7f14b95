import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCgroup } from './cgroup.ts';
import { findCgroupParent } from './cgroup-parent.ts';

const NO_LIMITS = { cpus: null, memoryBytes: null, diskBytes: null, pids: null };

function tempDir(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'pipewright-cgroup-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The files of a group as a kernel makes them; here what was written stays to be read. */
function written(dir: string): Record<string, string> {
  const [group = ''] = readdirSync(dir);
  const files = readdirSync(path.join(dir, group));
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(dir, group, file), 'utf8')]));
}

describe('openCgroup', () => {
  it('writes the limits as the kernel wants them, and ends all of a group that is out of memory', () => {
    const dir = tempDir();
    const limits = { cpus: 1.5, memoryBytes: 1_048_576, diskBytes: null, pids: 64 };
    openCgroup({ dir, holds: new Set(['cpu', 'memory', 'pids'] as const) }, limits);
    expect(written(dir)).toEqual({
      'cpu.max': '150000 100000',
      'memory.max': '1048576',
      'memory.oom.group': '1',
      'pids.max': '64',
    });
  });

  it('writes nothing that the group does not have', () => {
    const dir = tempDir();
    const holds = new Set(['pids'] as const);
    openCgroup({ dir, holds }, { ...NO_LIMITS, cpus: 1, memoryBytes: 1, pids: 2 });
    expect(written(dir)).toEqual({ 'pids.max': '2' });
  });

  it('reads what the kernel counted', () => {
    const dir = tempDir();
    const group = openCgroup({ dir, holds: new Set() }, NO_LIMITS);
    const put = (file: string, text: string): void =>
      writeFileSync(path.join(dir, readdirSync(dir)[0] ?? '', file), text);
    expect(group.figures()).toEqual({ cpuMs: null, memoryPeakBytes: null, oomKills: 0, refusedProcesses: 0 });
    put('cpu.stat', 'usage_usec 1500000\nuser_usec 1\n');
    put('memory.peak', '4096\n');
    put('memory.events', 'low 0\noom 3\noom_kill 2\n');
    put('pids.events', 'max 5\n');
    expect(group.figures()).toEqual({
      cpuMs: 1_500,
      memoryPeakBytes: 4_096,
      oomKills: 2,
      refusedProcesses: 5,
    });
  });

  it('ends everyone in it as it closes, also who has made a session of its own', async ({ skip }) => {
    const parent = findCgroupParent();
    if (parent === null) return skip('This user may make no cgroup (v2) here.');
    const group = openCgroup(parent, NO_LIMITS);
    const script = 'setsid sleep 600 & while ! read -r _ < /proc/$!/stat; do :; done; echo $!';
    const { file, args } = group.wrap({ file: '/bin/sh', args: ['-c', script] });
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    const sleeper = Number(chunk.toString());
    expect(readFileSync(`/proc/${sleeper}/cgroup`, 'utf8')).toMatch(/^0::.*\/pipewright-\d+-\d+$/m);
    expect(group.figures().cpuMs).not.toBeNull();
    await group.close();
    expect(existsSync(`/proc/${sleeper}/exe`)).toBe(false);
    expect(readdirSync(parent.dir).filter((entry) => entry.startsWith(`pipewright-${process.pid}-`))).toEqual(
      [],
    );
  });
});
