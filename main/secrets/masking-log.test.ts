import { expect, it } from 'vitest';
import type { LogSink, LogStream } from '#main/engine/ports.ts';
import { compileSecrets } from './masker.ts';
import { maskLog } from './masking-log.ts';

function memoryLog(): LogSink & { readonly written: [LogStream | 'closed', string][] } {
  const written: [LogStream | 'closed', string][] = [];
  return {
    written,
    write(stream, chunk) {
      written.push([stream, chunk.toString()]);
      return undefined;
    },
    close() {
      written.push(['closed', '']);
      return Promise.resolve();
    },
  };
}

const patterns = compileSecrets(['hunter22']);

it('masks each stream for itself and gives the rest when it is closed, once', async () => {
  const log = memoryLog();
  const masking = maskLog(log, patterns);
  await masking.write('stdout', Buffer.from('one hunt'));
  await masking.write('stderr', Buffer.from('two hun'));
  await masking.write('stdout', Buffer.from('er22\n'));
  await masking.close();
  await masking.close();
  expect(log.written).toEqual([
    ['stdout', 'one '],
    ['stderr', 'two '],
    ['stdout', '***\n'],
    ['stderr', 'hun'],
    ['closed', ''],
  ]);
});

it('gives a message of Pipewright whole', async () => {
  const log = memoryLog();
  const masking = maskLog(log, patterns);
  await masking.write('system', Buffer.from('$ login hunter22 h'));
  expect(log.written).toEqual([['system', '$ login *** h']]);
});

it('lets the caller wait, and closes the log even when it cannot be written', async () => {
  let isClosed = false;
  const masking = maskLog(
    {
      write: () => Promise.reject(new Error('disk full')),
      close() {
        isClosed = true;
        return Promise.resolve();
      },
    },
    patterns,
  );
  await expect(masking.write('stdout', Buffer.from('a hun'))).rejects.toThrow('disk full');
  await expect(masking.close()).rejects.toThrow('disk full');
  expect(isClosed).toBe(true);
});
