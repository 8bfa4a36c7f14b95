import { appendFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOG_STREAMS, RECORD_BYTES } from './index-record.ts';
import { LogFixture, START } from './log-fixture.ts';
import type { LogReader } from './log-reader.ts';
import type { LogLine } from './read-lines.ts';

const textsOf = (lines: readonly LogLine[]): string[] => lines.map(({ text }) => text);
const everything = (reader: LogReader): Promise<LogLine[]> => reader.page({ fromLine: 1, count: 1_000_000 });

describe('reading a log', () => {
  let logs: LogFixture;
  beforeEach(async () => {
    logs = await LogFixture.create();
  });
  afterEach(() => logs.remove());

  it('tells number, time and stream of each line', async () => {
    const writer = logs.open();
    void writer.write('stdout', Buffer.from('one\ntwo\n'));
    logs.now += 1_500;
    void writer.write('stderr', Buffer.from('three\n'));
    await writer.close();
    expect(await everything(logs.read())).toEqual([
      { number: 1, at: '2026-11-02T10:00:00.000Z', stream: 'stdout', text: 'one', truncatedBytes: 0 },
      { number: 2, at: '2026-11-02T10:00:00.000Z', stream: 'stdout', text: 'two', truncatedBytes: 0 },
      { number: 3, at: '2026-11-02T10:00:01.500Z', stream: 'stderr', text: 'three', truncatedBytes: 0 },
    ]);
  });

  it('gives a line to the stream that began it', async () => {
    const writer = logs.open();
    void writer.write('stdout', Buffer.from('50%'));
    void writer.write('stderr', Buffer.from(' oops\nbad'));
    void writer.write('stdout', Buffer.from(' end\nok\n'));
    await writer.close();
    const lines = await everything(logs.read());
    expect(lines.map(({ stream, text }) => [stream, text])).toEqual([
      ['stdout', '50% oops'],
      ['stderr', 'bad end'],
      ['stdout', 'ok'],
    ]);
  });

  it('drops the line end, `\\r\\n` too, and keeps progress bars', async () => {
    await logs.write('dos\r\n10%\r50%\r100%\n\r\nlast\r');
    expect(textsOf(await everything(logs.read()))).toEqual(['dos', '10%\r50%\r100%', '', 'last\r']);
  });

  it('shows bytes that are no UTF-8 as replacement characters, and characters cut between two writes whole', async () => {
    await logs.write(
      Buffer.from([0xff, 0x61, 0xe2]),
      Buffer.from([0x82]),
      Buffer.from([0xac, 0x0a, 0xe2, 0x82, 0x0a]),
    );
    expect(textsOf(await everything(logs.read()))).toEqual(['\uFFFDa€', '\uFFFD']);
  });

  it('cuts a very long line between two characters and says how much is missing', async () => {
    await logs.write(`short\n${'€'.repeat(350_000)}\nafter\n`);
    const [first, long, after] = await everything(logs.read());
    expect(first).toMatchObject({ number: 1, text: 'short', truncatedBytes: 0 });
    expect(long).toMatchObject({ number: 2, text: '€'.repeat(21_845), truncatedBytes: 1_050_000 - 65_535 });
    expect(after).toMatchObject({ number: 3, text: 'after' });
    const [whole] = await logs.read({ maxLineBytes: 2_000_000 }).page({ fromLine: 2, count: 1 });
    expect(whole).toMatchObject({ text: '€'.repeat(350_000), truncatedBytes: 0 });
  });

  it('reads pages at the start, in the middle, at the end and beyond', async () => {
    await logs.write(...Array.from({ length: 1_000 }, (_, i) => `line ${i + 1}\n`));
    const reader = logs.read();
    expect(textsOf(await reader.page({ fromLine: 1, count: 2 }))).toEqual(['line 1', 'line 2']);
    expect(textsOf(await reader.page({ fromLine: 500, count: 2 }))).toEqual(['line 500', 'line 501']);
    expect(textsOf(await reader.page({ fromLine: 1_000, count: 5 }))).toEqual(['line 1000']);
    expect(await reader.page({ fromLine: 1_001, count: 5 })).toEqual([]);
    expect(await reader.page({ fromLine: 1, count: 0 })).toEqual([]);
    expect(textsOf(await reader.tail(2))).toEqual(['line 999', 'line 1000']);
    expect(textsOf(await reader.tail(5_000))).toHaveLength(1_000);
  });

  it('hands out raw bytes by range', async () => {
    await logs.write('0123456789');
    const reader = logs.read();
    expect((await reader.range({ fromByte: 3, maxBytes: 4 })).toString()).toBe('3456');
    expect((await reader.range({ fromByte: 8, maxBytes: 100 })).toString()).toBe('89');
    expect((await reader.range({ fromByte: 50, maxBytes: 100 })).toString()).toBe('');
  });

  it('is an empty log where there is none', async () => {
    const reader = logs.read();
    expect(await reader.info()).toEqual({ lineCount: 0, sizeBytes: 0, complete: true });
    expect(await reader.tail(5)).toEqual([]);
    expect(await reader.range({ fromByte: 0, maxBytes: 5 })).toHaveLength(0);
    expect(await reader.search({ query: 'x' })).toEqual({ hits: [], total: 0, truncated: false });
  });

  it('reads the same lines however the bytes came, page by page and after the index was damaged', async () => {
    const unit = fc.constantFrom('a', '\n', '\n', '\r', '\r\n', 'é', '€', '😀', '\x1b[1m', 'word ');
    const chunk = fc.record({
      stream: fc.constantFrom(...LOG_STREAMS.filter((stream) => stream !== 'system')),
      text: fc.array(unit, { maxLength: 30 }).map((parts) => parts.join('')),
      repeat: fc.constantFrom(1, 1, 1, 1, 1, 2_000),
      cutAt: fc.double({ min: 0, max: 1, noNaN: true }),
      laterMs: fc.constantFrom(0, 0, 3, 50),
      flush: fc.boolean(),
    });
    const property = fc.asyncProperty(
      fc.array(chunk, { maxLength: 12 }),
      fc.integer({ min: 1, max: 7 }),
      fc.nat({ max: 200 }),
      async (chunks, pageLines, tornBytes) => {
        await rm(logs.dataDir, { recursive: true, force: true });
        logs.now = START;
        const writer = logs.open();
        const owners: string[] = [];
        let all = Buffer.alloc(0);
        for (const { stream, text, repeat, cutAt, laterMs, flush } of chunks) {
          const bytes = Buffer.from(text.repeat(repeat));
          const cut = Math.floor(bytes.length * cutAt);
          for (const part of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
            for (let i = 0; i < part.length; i += 1) owners.push(`${stream} ${logs.now}`);
            await writer.write(stream, part);
            if (flush) await writer.flush();
            logs.now += laterMs;
          }
          all = Buffer.concat([all, bytes]);
        }
        await writer.close();

        let offset = 0;
        const expected = all
          .toString()
          .split('\n')
          .map((raw, i, { length }) => {
            const line = {
              number: i + 1,
              owner: owners[offset],
              text: i + 1 < length ? raw.replace(/\r$/, '') : raw,
            };
            offset += Buffer.byteLength(raw) + 1;
            return line;
          });
        if (expected.at(-1)?.text === '') expected.pop();

        const lines = await everything(logs.read({ maxLineBytes: 10_000_000 }));
        expect(lines.map(({ number, text }) => ({ number, text }))).toEqual(
          expected.map(({ number, text }) => ({ number, text })),
        );
        for (const [i, line] of lines.entries()) {
          const [stream, at] = expected[i]!.owner!.split(' ');
          expect(line.stream).toBe(stream);
          expect(Math.abs(Date.parse(line.at) - Number(at))).toBeLessThan(10);
        }
        const { lineCount, sizeBytes } = await logs.read().info();
        expect([lineCount, sizeBytes]).toEqual([expected.length, all.length]);
        expect([writer.lineCount, writer.sizeBytes]).toEqual([expected.length, all.length]);

        const from = Math.max(1, expected.length - 5 * pageLines);
        for (let line = from; line <= expected.length; line += pageLines) {
          const page = await logs
            .read({ maxLineBytes: 10_000_000 })
            .page({ fromLine: line, count: pageLines });
          expect(page).toEqual(lines.slice(line - 1, line - 1 + pageLines));
        }

        if (all.length === 0) return;
        const index = await readFile(logs.paths.index);
        await writeFile(logs.paths.index, index.subarray(0, Math.max(0, index.length - tornBytes)));
        const reader = logs.read({ maxLineBytes: 10_000_000 });
        expect(textsOf(await everything(reader))).toEqual(textsOf(lines));
        expect((await reader.info()).lineCount).toBe(expected.length);
      },
    );
    await fc.assert(property, { numRuns: 30 });
  }, 30_000);
});

describe('a log whose index is damaged', () => {
  let logs: LogFixture;
  const lines = Array.from({ length: 60_000 }, (_, i) => `number ${i + 1}`);
  beforeEach(async () => {
    logs = await LogFixture.create();
    await logs.write(`${lines.join('\n')}\n`);
  });
  afterEach(() => logs.remove());

  const expectWhole = async (): Promise<void> => {
    const reader = logs.read();
    expect((await reader.info()).lineCount).toBe(60_000);
    for (const fromLine of [1, 7_777, 30_000, 59_999]) {
      expect(textsOf(await reader.page({ fromLine, count: 2 }))).toEqual(
        lines.slice(fromLine - 1, fromLine + 1),
      );
    }
    expect(await reader.search({ query: 'number 59999' })).toMatchObject({
      hits: [{ line: 59_999, column: 1 }],
    });
  };

  it('is read without it', async () => {
    await rm(logs.paths.index);
    await expectWhole();
  });

  it('is read when the index is cut anywhere', async () => {
    for (const length of [5 * RECORD_BYTES + 7, 3 * RECORD_BYTES, 1, 0]) {
      await truncate(logs.paths.index, length);
      await expectWhole();
    }
  });

  it('is read when the index ends in garbage', async () => {
    await appendFile(logs.paths.index, Buffer.alloc(5_000));
    await expectWhole();
  });

  it('is read when a record in the middle of the index is wrong', async () => {
    const bytes = await readFile(logs.paths.index);
    bytes.fill(0x55, 2 * RECORD_BYTES, 6 * RECORD_BYTES);
    await writeFile(logs.paths.index, bytes);
    await expectWhole();
  });

  it('is read as far as it goes when its own end is missing', async () => {
    const { length } = Buffer.from(`${lines.slice(0, 20_000).join('\n')}\nnumb`);
    await truncate(logs.paths.log, length);
    const reader = logs.read();
    expect(await reader.info()).toEqual({ lineCount: 20_001, sizeBytes: length, complete: true });
    expect(textsOf(await reader.tail(2))).toEqual(['number 20000', 'numb']);
  });

  it('counts on when a log without an index grows', async () => {
    await rm(logs.paths.index);
    const reader = logs.read();
    expect((await reader.info()).lineCount).toBe(60_000);
    await appendFile(logs.paths.log, 'more\n'.repeat(30_000));
    expect((await reader.info()).lineCount).toBe(90_000);
    expect(textsOf(await reader.page({ fromLine: 60_000, count: 2 }))).toEqual(['number 60000', 'more']);
  });
});
