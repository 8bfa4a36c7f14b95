import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import { createLogStore, type LogStore } from '#main/logs/log-store.ts';

/** One figure; `ratio` is our time over the baseline's, and `limit` is what `ratio` (or else `value`) must not exceed. */
export interface LogFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline?: number;
  readonly ratio?: number;
  readonly limit?: number;
}

const LINES = 2_000_000;
/** What one read of a pipe brings. */
const CHUNK_BYTES = 64 * 1024;
const RUN = runIdOf('bench');

/** Writes and reads logs of 2,000,000 lines, short ones (`seq`) and ones of 100 bytes, in a temporary folder. */
export async function benchLogs(): Promise<LogFigure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pipewright-bench-'));
  try {
    const store = createLogStore({ dataDir: folder, clock: { now: Date.now } });
    const figures: LogFigure[] = [];
    const logs = [
      { name: 'seq', lineOf: (line: number) => `${line}\n` },
      { name: 'long', lineOf: (line: number) => `${`${line} `.padEnd(99, 'compile src/module.ts ')}\n` },
    ];
    for (const { name, lineOf } of logs) {
      const bytes = linesOf(lineOf);
      // The first writes warm both paths up; what counts is the second pair.
      await writePlain(path.join(folder, 'warm-up'), bytes.subarray(0, 20_000_000));
      await writeLog(store, `${name}-warm-up`, bytes.subarray(0, 20_000_000));
      const plainMs = await writePlain(path.join(folder, name), bytes);
      const log = await writeLog(store, name, bytes);
      const mb = bytes.length / 1e6;
      const throughput = { value: mb / (log.ms / 1e3), unit: 'MB/s', baseline: mb / (plainMs / 1e3) };
      figures.push(
        { name: `logs.${name}.write`, ...throughput, ratio: log.ms / plainMs, limit: 4 },
        { name: `logs.${name}.write.rss-growth`, value: log.rssGrowth / 1e6, unit: 'MB', limit: 250 },
        ...(await readFigures(store, name)),
      );
    }
    return figures.map((figure) => ({ ...figure, value: Math.round(figure.value * 100) / 100 }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readFigures(store: LogStore, name: string): Promise<LogFigure[]> {
  const reader = store.read(RUN, stageIdOf(name), 1);
  const timed = async (what: string, limit: number, work: () => Promise<unknown>): Promise<LogFigure> => {
    const startedAt = performance.now();
    await work();
    return { name: `logs.${name}.${what}`, value: performance.now() - startedAt, unit: 'ms', limit };
  };
  return [
    await timed('first-page', 50, () => reader.page({ fromLine: 1, count: 500 })),
    await timed('middle-page', 50, () => reader.page({ fromLine: LINES / 2, count: 500 })),
    await timed('last-page', 50, () => reader.tail(500)),
    await timed('search-text', 1_000, () => reader.search({ query: '1999999', caseSensitive: true })),
    await timed('search-folded', 1_000, () => reader.search({ query: 'No Such Text' })),
    await timed('search-dense', 1_000, () => reader.search({ query: '1' })),
    await timed('search-regex', 5_000, () => reader.search({ query: '^1\\d+9{3}\\b', regex: true })),
  ];
}

function linesOf(lineOf: (line: number) => string): Buffer {
  const parts: Buffer[] = [];
  for (let line = 1; line <= LINES;) {
    let text = '';
    for (const end = Math.min(LINES, line + 10_000); line <= end; line += 1) text += lineOf(line);
    parts.push(Buffer.from(text));
  }
  return Buffer.concat(parts);
}

async function writePlain(file: string, bytes: Buffer): Promise<number> {
  const startedAt = performance.now();
  const stream = createWriteStream(file);
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    if (!stream.write(bytes.subarray(at, at + CHUNK_BYTES))) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  return performance.now() - startedAt;
}

async function writeLog(
  store: LogStore,
  name: string,
  bytes: Buffer,
): Promise<{ ms: number; rssGrowth: number }> {
  const rssBefore = process.memoryUsage.rss();
  let rssPeak = rssBefore;
  const startedAt = performance.now();
  const writer = store.open(RUN, stageIdOf(name), 1);
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const wait = writer.write('stdout', bytes.subarray(at, at + CHUNK_BYTES));
    if (wait === undefined) continue;
    await wait;
    rssPeak = Math.max(rssPeak, process.memoryUsage.rss());
  }
  await writer.close();
  return { ms: performance.now() - startedAt, rssGrowth: rssPeak - rssBefore };
}
