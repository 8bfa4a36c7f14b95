import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createOutput, type OutputOptions } from './output.ts';

const OPTIONS: OutputOptions = { format: 'pretty', quiet: false, color: true, env: {} };

function terminal(): PassThrough & { isTTY: boolean } {
  return Object.assign(new PassThrough(), { isTTY: true });
}

it.each([
  ['a terminal', terminal(), {}, true],
  ['a pipe', new PassThrough(), {}, false],
  ['a terminal with NO_COLOR', terminal(), { NO_COLOR: '1' }, false],
  ['a pipe with FORCE_COLOR', new PassThrough(), { FORCE_COLOR: '1' }, true],
  ['a terminal with FORCE_COLOR=0', terminal(), { FORCE_COLOR: '0' }, false],
  ['a dumb terminal', terminal(), { TERM: 'dumb' }, false],
])('decides on colours for %s', (_what, stream, env, expected) => {
  const output = createOutput(stream, new PassThrough(), { ...OPTIONS, env });
  expect(output.colors.isColorSupported).toBe(expected);
});

it('obeys --no-color above all', () => {
  const output = createOutput(terminal(), terminal(), {
    ...OPTIONS,
    color: false,
    env: { FORCE_COLOR: '1' },
  });
  expect(output.colors.isColorSupported).toBe(false);
});

it('goes on quietly when the reader has gone', async () => {
  const gone = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('broken'), { code: 'EPIPE' })),
  });
  const output = createOutput(gone, new PassThrough(), OPTIONS);
  output.line('one');
  await new Promise((resolve) => setImmediate(resolve));
  expect(output.readerGone.aborted).toBe(true);
  output.line('two');
  await output.bytes(Buffer.from('three'));
});

it('waits for a slow reader of bytes', async () => {
  const slow = new PassThrough({ highWaterMark: 4 });
  const output = createOutput(slow, new PassThrough(), OPTIONS);
  let isWritten = false;
  const writing = output.bytes(Buffer.from('more than four')).then(() => {
    isWritten = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isWritten).toBe(false);
  slow.resume();
  await writing;
});

it('writes nothing but results and errors with --quiet', () => {
  const stderr = new PassThrough();
  const output = createOutput(new PassThrough(), stderr, { ...OPTIONS, quiet: true });
  output.note('by the way');
  output.error('it broke');
  expect(String(stderr.read())).toBe('it broke\n');
});
