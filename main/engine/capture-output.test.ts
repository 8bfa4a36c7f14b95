import { describe, expect, it } from 'vitest';
import { captureOutput } from './capture-output.ts';
import { MAX_CAPTURED_BYTES } from './kind-ports.ts';
import type { LogSink } from './ports.ts';

function createLog(): LogSink & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    write(stream, chunk) {
      lines.push(`${stream} ${chunk.toString()}`);
      return undefined;
    },
    close: () => Promise.resolve(),
  };
}

describe('what a command of a kind writes', () => {
  it('is kept by stream and goes to the log', () => {
    const log = createLog();
    const captured = captureOutput(log, undefined);
    void captured.log.write('stdout', Buffer.from('a'));
    void captured.log.write('stderr', Buffer.from('b'));
    void captured.log.write('stdout', Buffer.from('c'));
    void captured.log.write('system', Buffer.from('d'));
    expect([captured.text('stdout'), captured.text('stderr')]).toEqual(['ac', 'b']);
    expect(log.lines).toEqual(['stdout a', 'stderr b', 'stdout c', 'system d']);
  });

  it('is not shown where it is a report', () => {
    const log = createLog();
    const captured = captureOutput(log, 'stdout');
    void captured.log.write('stdout', Buffer.from('{}'));
    void captured.log.write('stderr', Buffer.from('warning'));
    expect(captured.text('stdout')).toBe('{}');
    expect(log.lines).toEqual(['stderr warning']);
  });

  it('is cut where it is too long, and says so', () => {
    const captured = captureOutput(createLog(), 'both');
    const chunk = Buffer.alloc(MAX_CAPTURED_BYTES / 4, 'x');
    for (let at = 0; at < 4; at += 1) void captured.log.write('stdout', chunk);
    expect(captured.isCut).toBe(false);
    void captured.log.write('stdout', Buffer.from('more'));
    expect(captured.isCut).toBe(true);
    expect(captured.text('stdout')).toHaveLength(MAX_CAPTURED_BYTES);
  });

  it('does not change with a buffer that is used again', () => {
    const captured = captureOutput(createLog(), 'both');
    const chunk = Buffer.from('one');
    void captured.log.write('stdout', chunk);
    chunk.write('two');
    expect(captured.text('stdout')).toBe('one');
  });
});

describe('a filter of lines', () => {
  it('sees whole lines, also across chunks and in halves of a character, and the last one at the end', async () => {
    const log = createLog();
    const captured = captureOutput(log, undefined, (line) => (line === 'no' ? null : `<${line}>`));
    const bytes = Buffer.from('a\u00fcb\r\nno\nlast');
    for (const byte of bytes) void captured.log.write('stdout', Buffer.from([byte]));
    await captured.log.close();
    expect(log.lines).toEqual(['stdout <aüb>\n', 'stdout <last>\n']);
    expect(captured.text('stdout')).toBe('a\u00fcb\r\nno\nlast');
  });
});
