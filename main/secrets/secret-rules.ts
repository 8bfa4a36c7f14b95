import { AppError } from '#shared/lib/app-error.ts';
import { MIN_SECRET_CHARS } from './secret-forms.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const MAX_NAME_CHARS = 100;
export const MAX_VALUE_BYTES = 64 * 1024;

/** @throws AppError `secret-invalid` */
export function checkSecretName(name: string): void {
  if (NAME.test(name) && name.length <= MAX_NAME_CHARS) return;
  throw new AppError(
    'secret-invalid',
    `${JSON.stringify(name.slice(0, MAX_NAME_CHARS))} cannot be the name of a secret.`,
    {
      hint: `Use letters, digits and _, not beginning with a digit, at most ${MAX_NAME_CHARS} characters.`,
    },
  );
}

/** @throws AppError `secret-invalid`; its message never holds the value */
export function checkSecretValue(value: string): void {
  const problem = problemOf(value);
  if (problem !== null) throw new AppError('secret-invalid', problem.message, { hint: problem.hint });
}

function problemOf(value: string): { readonly message: string; readonly hint: string } | null {
  if (value.trim().length < MIN_SECRET_CHARS) {
    return {
      message: `The value has fewer than ${MIN_SECRET_CHARS} characters; masking something so short would riddle every log.`,
      hint: 'Use a longer one, or an environment variable if it is no secret.',
    };
  }
  if (Buffer.byteLength(value) > MAX_VALUE_BYTES) {
    return {
      message: `The value has more than ${MAX_VALUE_BYTES / 1024} KB.`,
      hint: 'Store the key that decrypts a file rather than the file.',
    };
  }
  if (value.includes('\0') || !value.isWellFormed()) {
    return {
      message: 'The value holds bytes that no environment variable can.',
      hint: 'Store it as base64 and decode it in the script.',
    };
  }
  return null;
}
