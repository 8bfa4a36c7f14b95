import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogInfo } from './follow-log.ts';
import { LogFixture, RUN, STAGE } from './log-fixture.ts';
import { createLogStore } from './log-store.ts';

describe('a growing log', () => {
  let logs: LogFixture;
  beforeEach(async () => {
    logs = await LogFixture.create();
  });
  afterEach(() => logs.remove());

  it('is followed from before its first byte to its end', async () => {
    const writer = logs.open();
    const seen: LogInfo[] = [];
    for await (const info of logs.read().follow()) {
      seen.push(info);
      if (info.sizeBytes === 0) void writer.write('stdout', Buffer.from('one\n'));
      else if (!info.complete) void writer.close();
    }
    expect(seen).toEqual([
      { lineCount: 0, sizeBytes: 0, complete: false },
      { lineCount: 1, sizeBytes: 4, complete: false },
      { lineCount: 1, sizeBytes: 4, complete: true },
    ]);
  });

  it('is followed when another process writes it', async () => {
    const writer = logs.open();
    const elsewhere = createLogStore({ dataDir: logs.dataDir, clock: { now: () => 0 } });
    const sizes: number[] = [];
    for await (const info of elsewhere.read(RUN, STAGE, 1, { isLive: () => true }).follow()) {
      sizes.push(info.sizeBytes);
      if (info.sizeBytes === 0) void writer.write('stdout', Buffer.from('one\n'));
      else if (!info.complete) void writer.close();
    }
    expect(sizes).toEqual([0, 4, 4]);
  });

  it('ends for a follower when what wrote it is gone without a word', async () => {
    const writer = logs.open();
    void writer.write('stdout', Buffer.from('one\n'));
    await writer.flush();
    let live = true;
    const seen: boolean[] = [];
    for await (const { complete } of logs.read({ isLive: () => live }).follow()) {
      seen.push(complete);
      live = false;
    }
    expect(seen).toEqual([false, true]);
    await writer.close();
  });

  it('stops being followed on abort', async () => {
    const writer = logs.open();
    const stop = new AbortController();
    const changes = logs.read().follow({ signal: stop.signal });
    await changes.next();
    const next = changes.next();
    stop.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    await writer.close();
  });

  it('is read while it grows', async () => {
    const writer = logs.open();
    const reader = logs.read();
    for (let line = 1; line <= 300; line += 1) {
      void writer.write(line % 2 ? 'stdout' : 'stderr', Buffer.from(`line ${line}`));
      await writer.flush();
      expect(await reader.tail(1)).toMatchObject([{ number: line, text: `line ${line}` }]);
      void writer.write(line % 2 ? 'stdout' : 'stderr', Buffer.from('\n'));
    }
    await writer.close();
    expect(await reader.page({ fromLine: 299, count: 5 })).toMatchObject([
      { text: 'line 299', stream: 'stdout' },
      { text: 'line 300', stream: 'stderr' },
    ]);
  });

  it('is whole after its writer was killed', async () => {
    const script = `
      import { createLogStore } from '#main/logs/log-store.ts';
      const store = createLogStore({ dataDir: process.argv[1], clock: { now: Date.now } });
      const writer = store.open(process.argv[2], process.argv[3], 1);
      for (let line = 1; line <= 20_000; line += 1) {
        await writer.write(line % 3 ? 'stdout' : 'stderr', Buffer.from('line ' + line + '\\n'));
      }
      await writer.flush();
      process.stdout.write('written');
      for (let line = 20_001; ; line += 1) await writer.write('stdout', Buffer.from('line ' + line + '\\n'));
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, logs.dataDir, RUN, STAGE], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await exited;

    const reader = logs.read();
    const { lineCount, complete } = await reader.info();
    expect(complete).toBe(true);
    expect(lineCount).toBeGreaterThanOrEqual(20_000);
    const lines = await reader.page({ fromLine: 1, count: 20_000 });
    expect(lines.every(({ number, text }) => text === `line ${number}`)).toBe(true);
    expect(lines.every(({ number, stream }) => stream === (number % 3 ? 'stdout' : 'stderr'))).toBe(true);
    expect(await reader.tail(1)).toMatchObject([{ number: lineCount }]);
  });
});
