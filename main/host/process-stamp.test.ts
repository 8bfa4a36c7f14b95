import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { createOwner, isOwnerAlive } from './owner.ts';
import { isSameProcess, ownStamp } from './process-stamp.ts';

it('knows its own process, by id and by what tells it from others', () => {
  const owner = createOwner(Date.now());
  expect(isOwnerAlive(owner)).toBe(true);
  expect(isOwnerAlive({ ...owner, hostId: `${owner.hostId}0`, startedAt: owner.startedAt - 60_000 })).toBe(
    false,
  );
});

it('does not take another process for it', () => {
  expect(isSameProcess(process.ppid, ownStamp(Date.now() - 3_600_000))).toBe(false);
});

it('knows when a process is gone', async () => {
  const child = spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  await once(child, 'exit');
  expect(isSameProcess(pid, ownStamp(Date.now()))).toBe(false);
});
