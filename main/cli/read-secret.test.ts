import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { readSecret, type SecretInput } from './read-secret.ts';

function terminal(...typed: readonly string[]): { input: SecretInput; modes: boolean[] } {
  const modes: boolean[] = [];
  const stream = new PassThrough();
  for (const text of typed) stream.write(text);
  const input = Object.assign(stream, { isTTY: true, setRawMode: (isRaw: boolean) => modes.push(isRaw) });
  return { input, modes };
}

async function typed(...keys: readonly string[]): Promise<{ value: string | null; shown: string }> {
  const { input, modes } = terminal(...keys);
  const output = new PassThrough();
  const value = await readSecret(input, output, 'Value: ');
  expect(modes).toEqual([true, false]);
  return { value, shown: String(output.read()) };
}

it('reads a line of a terminal without showing it', async () => {
  expect(await typed('hun', 'ter22\r')).toEqual({ value: 'hunter22', shown: 'Value: \n' });
});

it('lets the user correct what was typed, and give up', async () => {
  expect((await typed('wrong\u0015huntex\u007fr22\r')).value).toBe('hunter22');
  expect((await typed('hunter\u0003')).value).toBeNull();
});

function piped(...bytes: readonly Buffer[]): PassThrough {
  const stream = new PassThrough();
  for (const part of bytes) stream.write(part);
  stream.end();
  return stream;
}

it('reads all of a pipe without the last line break', async () => {
  const bytes = Buffer.from('Zoë\nline\n\r\n');
  const read = readSecret(piped(bytes.subarray(0, 3), bytes.subarray(3)), new PassThrough(), '');
  expect(await read).toBe('Zoë\nline\n');
});

it('refuses what is no text or too large', async () => {
  await expect(readSecret(piped(Buffer.of(0xff, 0xfe)), new PassThrough(), '')).rejects.toMatchObject({
    code: 'secret-invalid',
  });
  await expect(readSecret(piped(Buffer.alloc(2 << 20)), new PassThrough(), '')).rejects.toMatchObject({
    code: 'secret-invalid',
  });
});
