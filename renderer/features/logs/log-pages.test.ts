import { describe, expect, it } from 'vitest';
import type { LogInfo, LogLine } from '#shared/api/schemas.ts';
import { LogPages, PAGE_LINES, type FetchPage } from './log-pages.ts';

/** A log that answers when told to, and notes what was asked. */
function createLog(lineCount: number, complete = true) {
  const log = { lineCount, sizeBytes: lineCount * 10, complete };
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  const fetch: FetchPage = (fromLine, count, signal) =>
    new Promise((resolve, reject) => {
      asked.push(fromLine);
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      waiting.push(() => {
        const last = Math.min(log.lineCount, fromLine + count - 1);
        const lines = Array.from({ length: Math.max(0, last - fromLine + 1) }, (_, index): LogLine => ({
          number: fromLine + index,
          at: '2026-01-01T00:00:00.000Z',
          stream: 'stdout',
          text: `line ${fromLine + index} of ${log.sizeBytes}`,
          truncatedBytes: 0,
        }));
        resolve({ lines, info: { ...log } });
      });
    });
  const settle = async (): Promise<void> => {
    while (waiting.length > 0) {
      waiting.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { log, asked, settle, pages: new LogPages(fetch) };
}

describe('LogPages', () => {
  it('asks for what is in sight first, then for what lies beside it', async () => {
    const { pages, asked, settle } = createLog(10_000);
    pages.want(1_200, 1_240);
    expect(asked).toEqual([1_001]);
    await settle();
    expect(asked).toEqual([1_001, 1_501, 501]);
    expect(pages.line(1_234)?.number).toBe(1_234);
    expect(pages.line(9_000)).toBeUndefined();
    expect(pages.info?.lineCount).toBe(10_000);
  });

  it('drops requests for what went out of sight', async () => {
    const { pages, asked, settle } = createLog(2_000_000);
    pages.want(1, 40);
    pages.want(1_000_000, 1_000_040);
    await settle();
    expect(pages.line(1)).toBeUndefined();
    expect(pages.line(1_000_001)?.number).toBe(1_000_001);
    expect(asked).not.toContain(501);
  });

  it('reads the end of a growing log again and nothing else', async () => {
    const { pages, log, asked, settle } = createLog(600, false);
    pages.want(580, 600);
    await settle();
    asked.length = 0;
    Object.assign(log, { lineCount: 610, sizeBytes: 6_100 } satisfies Partial<LogInfo>);
    pages.grow({ ...log });
    expect(pages.line(600)?.text).toBe('line 600 of 6000');
    await settle();
    expect(asked).toEqual([501]);
    expect(pages.line(610)?.number).toBe(610);
  });

  it('keeps a bounded number of pages', async () => {
    const { pages, settle } = createLog(500_000);
    for (let line = 1; line < 200 * PAGE_LINES; line += PAGE_LINES) {
      pages.want(line, line + 10);
      await settle();
    }
    expect(pages.line(1)).toBeUndefined();
    expect(pages.line(199 * PAGE_LINES + 1)).toBeDefined();
  });

  it('tells of a failure and tries again when asked', async () => {
    let isBroken = true;
    const pages = new LogPages(() =>
      isBroken
        ? Promise.reject(new Error('gone'))
        : Promise.resolve({ lines: [], info: { lineCount: 0, sizeBytes: 0, complete: true } }),
    );
    pages.want(1, 10);
    await new Promise((resolve) => setImmediate(resolve));
    expect(pages.failure).toEqual(new Error('gone'));
    isBroken = false;
    pages.retry();
    await new Promise((resolve) => setImmediate(resolve));
    expect(pages.failure).toBeNull();
    expect(pages.info?.lineCount).toBe(0);
  });
});
