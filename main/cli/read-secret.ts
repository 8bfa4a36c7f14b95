import type { Readable, Writable } from 'node:stream';
import { AppError } from '#shared/lib/app-error.ts';

/** What a terminal's or another standard input offers. */
export type SecretInput = Readable & {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
};

/** Nothing that is longer can be a secret. */
const MAX_BYTES = 1 << 20;
const ENTER = /[\r\n\u0004]/;
const INTERRUPT = '\u0003';
const ERASE = /^[\b\u007f]$/;
/** Ctrl-U. */
const ERASE_LINE = '\u0015';

/**
 * A value from standard input, never from the command line, which other users of the machine can see: of a terminal one
 * line, without showing it; else all of it without the line break at its end.
 * @param prompt written to `output` when there is a terminal
 * @returns null when the user gave up with Ctrl-C
 * @throws AppError `secret-invalid` for input that is too large or no UTF-8
 */
export function readSecret(input: SecretInput, output: Writable, prompt: string): Promise<string | null> {
  return input.isTTY === true ? readHiddenLine(input, output, prompt) : readAll(input);
}

async function readAll(input: SecretInput): Promise<string> {
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of input) {
    const part = Buffer.from(chunk as Uint8Array);
    sizeBytes += part.length;
    if (sizeBytes > MAX_BYTES) {
      throw new AppError('secret-invalid', 'The value on standard input is too large to be a secret.', {
        hint: 'Store the key that decrypts a file rather than the file.',
      });
    }
    parts.push(part);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
      .decode(Buffer.concat(parts))
      .replace(/\r?\n$/, '');
  } catch (error) {
    throw new AppError('secret-invalid', 'The value on standard input is no UTF-8 text.', {
      hint: 'Store it as base64 and decode it in the script.',
      cause: error,
    });
  }
}

async function readHiddenLine(input: SecretInput, output: Writable, prompt: string): Promise<string | null> {
  output.write(prompt);
  input.setRawMode?.(true);
  let chars: string[] = [];
  try {
    const decoder = new TextDecoder();
    for await (const chunk of input.iterator({ destroyOnReturn: false })) {
      for (const char of decoder.decode(chunk as Uint8Array, { stream: true })) {
        if (char === INTERRUPT) return null;
        if (ENTER.test(char)) return chars.join('');
        if (ERASE.test(char)) chars.pop();
        else if (char === ERASE_LINE) chars = [];
        else chars.push(char);
      }
    }
    return chars.join('');
  } finally {
    input.setRawMode?.(false);
    input.pause();
    output.write('\n');
  }
}
