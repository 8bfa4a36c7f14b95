import { open, readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogSinks } from '#main/engine/ports.ts';
import { createAppendFile, type CreateAppendFile } from './append-file.ts';
import { LogFixture, RUN, STAGE } from './log-fixture.ts';
import { stageIdOf } from '#shared/lib/ids.ts';

const full: CreateAppendFile = () =>
  Promise.reject(Object.assign(new Error('disk full'), { code: 'ENOSPC' }));

describe('writing a log', () => {
  let logs: LogFixture;
  beforeEach(async () => {
    logs = await LogFixture.create();
  });
  afterEach(() => logs.remove());

  it('touches no disk for a stage that prints nothing', async () => {
    const writer = logs.open();
    await writer.write('stdout', Buffer.alloc(0));
    await writer.close();
    expect(await readdir(logs.dataDir)).toEqual([]);
    expect(await logs.read().info()).toEqual({ lineCount: 0, sizeBytes: 0, complete: true });
  });

  it('keeps the bytes exactly as they came', async () => {
    const bytes = Buffer.from('\x1b[31mred\x1b[0m\r\n10%\r20%\r100%\n\xff\xfe\x00 no newline', 'latin1');
    await logs.write(bytes);
    expect(await readFile(logs.paths.log)).toEqual(bytes);
  });

  it('copies what it is given, so that the caller may reuse its buffer at once', async () => {
    const writer = logs.open();
    const chunk = Buffer.from('first\n');
    void writer.write('stdout', chunk);
    chunk.fill('x');
    await writer.close();
    expect(await readFile(logs.paths.log, 'utf8')).toBe('first\n');
  });

  it('counts lines and bytes, a line without its newline too', async () => {
    const writer = logs.open();
    void writer.write('stdout', Buffer.from('one\ntw'));
    expect([writer.lineCount, writer.sizeBytes]).toEqual([2, 6]);
    void writer.write('stderr', Buffer.from('o\n'));
    expect([writer.lineCount, writer.sizeBytes]).toEqual([2, 8]);
    await writer.close();
  });

  it('puts lines of its own on lines of their own', async () => {
    const writer = logs.open();
    void writer.write('stdout', Buffer.from('waiting'));
    void writer.write('system', Buffer.from('timed out after 10s'));
    void writer.write('stdout', Buffer.from('bye\n'));
    await writer.close();
    const lines = await logs.read().page({ fromLine: 1, count: 10 });
    expect(lines.map(({ stream, text }) => [stream, text])).toEqual([
      ['stdout', 'waiting'],
      ['system', 'timed out after 10s'],
      ['stdout', 'bye'],
    ]);
  });

  it('lets small bytes reach the file without being asked to', async () => {
    const writer = logs.open();
    const changes = logs.read().follow();
    await changes.next();
    void writer.write('stdout', Buffer.from('hello\n'));
    expect((await changes.next()).value).toEqual({ lineCount: 1, sizeBytes: 6, complete: false });
    await changes.return();
    await writer.close();
  });

  it('asks its caller to wait only when much is on its way', async () => {
    const writer = logs.open();
    expect(writer.write('stdout', Buffer.alloc(1_000))).toBeUndefined();
    const wait = writer.write('stdout', Buffer.alloc(1_000_000));
    expect(wait).toBeInstanceOf(Promise);
    await wait;
    await writer.close();
    expect((await logs.read().info()).sizeBytes).toBe(1_001_000);
  });

  it('closes once, however often it is asked to, and refuses bytes afterwards', async () => {
    const writer = logs.open();
    void writer.write('stdout', Buffer.from('a'));
    await Promise.all([writer.close(), writer.close()]);
    await expect(writer.write('stdout', Buffer.from('b'))).rejects.toMatchObject({ code: 'closed' });
    expect(await readFile(logs.paths.log, 'utf8')).toBe('a');
  });

  it('does not open a log twice', async () => {
    const writer = logs.open();
    expect(() => logs.open()).toThrow(expect.objectContaining({ code: 'already-open' }) as Error);
    await writer.close();
    await logs.open().close();
  });

  it('does not write over the log of an earlier attempt', async () => {
    await logs.write('kept\n');
    await expect(logs.write('other\n')).rejects.toMatchObject({
      code: 'write-failed',
      details: { errno: 'EEXIST' },
    });
    expect(await readFile(logs.paths.log, 'utf8')).toBe('kept\n');
  });

  it('serves the engine as its place for output', async () => {
    const sinks: LogSinks = logs.store;
    const sink = sinks.open(RUN, STAGE, 2);
    await sink.write('stderr', Buffer.from('hello\n'));
    await sink.close();
    expect(await logs.store.read(RUN, STAGE, 2).tail(1)).toMatchObject([{ stream: 'stderr', text: 'hello' }]);
  });

  it('lists the logs of a run', async () => {
    await logs.write('a\n');
    expect(await logs.store.list(RUN)).toEqual([{ stageId: STAGE, attempt: 1 }]);
    await logs.store.open(RUN, stageIdOf('silent'), 1).close();
    expect(await logs.store.list(RUN)).toHaveLength(1);
  });
});

describe('a disk that refuses', () => {
  let logs: LogFixture;
  afterEach(() => logs.remove());

  it('rejects the wait, later writes and close with the reason, and ends quietly for who does not look', async () => {
    logs = await LogFixture.create(full);
    const writer = logs.open();
    const wait = writer.write('stdout', Buffer.alloc(1_000_000));
    const failure = { code: 'write-failed', kind: 'operational', details: { errno: 'ENOSPC' } };
    await wait?.catch(() => undefined);
    await expect(writer.flush()).rejects.toMatchObject(failure);
    void writer.write('stdout', Buffer.from('dropped'));
    await expect(writer.write('stdout', Buffer.from('dropped'))).rejects.toMatchObject(failure);
    await expect(writer.close()).rejects.toMatchObject(failure);
    expect(writer.error?.message).toBe(
      'The log could not be written: no space is left on the disk (ENOSPC).',
    );
  });

  it.runIf(process.platform === 'linux')('fails the same on a real full device', async () => {
    logs = await LogFixture.create(async (file) => {
      if (file.endsWith('.idx')) return createAppendFile(file);
      const handle = await open('/dev/full', 'a');
      return { append: (parts) => handle.appendFile(parts[0]!), close: () => handle.close() };
    });
    await expect(logs.write('hello\n')).rejects.toMatchObject({ details: { errno: 'ENOSPC' } });
  });

  it('keeps what was written before the disk filled up', async () => {
    let room = 3;
    logs = await LogFixture.create(async (file) => {
      const real = await createAppendFile(file);
      const append = (parts: readonly Uint8Array[]): Promise<void> =>
        room-- > 0
          ? real.append(parts)
          : Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
      return { append, close: () => real.close() };
    });
    const writer = logs.open();
    void writer.write('stdout', Buffer.from('kept\n'));
    await writer.flush();
    void writer.write('stdout', Buffer.from('lost\n'));
    await expect(writer.close()).rejects.toMatchObject({ details: { errno: 'ENOSPC' } });
    expect(await logs.read().tail(5)).toMatchObject([{ number: 1, text: 'kept' }]);
    expect(await logs.read().info()).toEqual({ lineCount: 1, sizeBytes: 5, complete: true });
  });
});
