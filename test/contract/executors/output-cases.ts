import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { LogSink } from '#main/engine/ports.ts';
import type { Contract } from './executor-contract.ts';

const LINE = 'x'.repeat(91);
/** Lines of a hundred bytes with their number, without a program that an image may not have. */
const numbered = (count: number): string =>
  `awk 'BEGIN { for (i = 0; i < ${count}; i++) printf "%08d${LINE}\\n", i }'`;
const numberedLine = (index: number): string => `${String(index).padStart(8, '0')}${LINE}\n`;

/** A log that only counts and hashes. */
function createHashingLog(): LogSink & { readonly bytes: () => number; readonly digest: () => string } {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    bytes: () => bytes,
    digest: () => hash.copy().digest('hex'),
    write(stream, chunk) {
      if (stream === 'system') return undefined;
      hash.update(chunk);
      bytes += chunk.length;
      return undefined;
    },
    close: () => Promise.resolve(),
  };
}

export function outputCases({ open, can }: Contract): void {
  it('in the log before it settles', async () => {
    const { step, log } = await open();
    expect(await step('echo hello', { scripted: { output: ['hello'] } })).toEqual({ type: 'succeeded' });
    expect(log.bytes('stdout').toString()).toBe('hello\n');
  });

  it.runIf(can.runsScripts)('complete and in order, 50 MB of it', { timeout: 180_000 }, async () => {
    const { step } = await open();
    const log = createHashingLog();
    const count = 500_000;
    expect(await step(numbered(count), { log })).toEqual({ type: 'succeeded' });
    const wanted = createHash('sha256');
    for (let index = 0; index < count; index += 1) wanted.update(numberedLine(index));
    expect({ bytes: log.bytes(), digest: log.digest() }).toEqual({
      bytes: count * 100,
      digest: wanted.digest('hex'),
    });
  });

  it.runIf(can.runsScripts)('of two streams apart, each in its order', async () => {
    const { step, log } = await open();
    const script = 'i=0; while [ $i -lt 2000 ]; do echo "out $i"; echo "err $i" >&2; i=$((i+1)); done';
    expect(await step(script)).toEqual({ type: 'succeeded' });
    const lines = (word: string): string =>
      Array.from({ length: 2_000 }, (_, index) => `${word} ${index}\n`).join('');
    expect(log.bytes('stdout').toString()).toBe(lines('out'));
    expect(log.bytes('stderr').toString()).toBe(lines('err'));
  });

  it.runIf(can.runsScripts)('byte by byte, also what is no UTF-8', async () => {
    const { step, log } = await open();
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
    const octal = [...bytes].map((value) => `\\${value.toString(8).padStart(3, '0')}`).join('');
    await step(`printf '${octal}'; printf '${octal}' >&2`);
    expect(log.bytes('stdout')).toEqual(bytes);
    expect(log.bytes('stderr')).toEqual(bytes);
  });

  it.runIf(can.runsScripts)('that does not end with a line end', async () => {
    const { step, log } = await open();
    await step('printf unfinished');
    await step('printf " business"');
    expect(log.bytes('stdout').toString()).toBe('unfinished business');
  });

  it.runIf(can.runsScripts)('and reads it no faster than the log takes it', async () => {
    const { step } = await open();
    let waiting = 0;
    let most = 0;
    let total = 0;
    const log: LogSink = {
      write(_stream, chunk) {
        waiting += chunk.length;
        total += chunk.length;
        most = Math.max(most, waiting);
        return new Promise((resolve) => {
          setImmediate(() => {
            waiting -= chunk.length;
            resolve();
          });
        });
      },
      close: () => Promise.resolve(),
    };
    expect(await step(numbered(100_000), { log })).toEqual({ type: 'succeeded' });
    expect(total).toBe(10_000_000);
    expect(most).toBeLessThan(1_000_000);
  });

  it.runIf(can.runsScripts)('or ends the step when the log cannot be written', async () => {
    const { step } = await open();
    const log: LogSink = {
      write: () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })),
      close: () => Promise.resolve(),
    };
    const outcome = await step('yes', { log });
    expect(outcome).toMatchObject({ type: 'infra-error', error: { code: 'log-write-failed' } });
  });
}
