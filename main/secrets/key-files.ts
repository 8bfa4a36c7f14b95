import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { AppError } from '#shared/lib/app-error.ts';
import { replaceFile } from './replace-file.ts';

export const KEY_BYTES = 32;

/** The key as it is, for whoever may read the user's files. */
export const keyFileOf = (dataDir: string): string => path.join(dataDir, 'secrets.key');
/** The key as only the system's keychain can open it. */
export const sealedFileOf = (dataDir: string): string => path.join(dataDir, 'secrets.key.sealed');

/**
 * The key in a file of its user's own; null when there is none.
 * @throws AppError `vault-unreadable` when others may read it, or it holds no key
 */
export async function readKeyFile(file: string): Promise<Buffer | null> {
  let handle;
  try {
    handle = await fs.open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('vault-unreadable', `The key file ${file} cannot be read.`, {
      hint: 'Make it readable for you.',
      cause: error,
    });
  }
  try {
    const { mode } = await handle.stat();
    // Windows has no such bits; the user's profile folder is closed to others there.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new AppError('vault-unreadable', `Others may read the key file ${file}.`, {
        hint: `Run \`chmod 600 ${file}\`, and replace the secrets if others use this machine.`,
      });
    }
    const text = (await handle.readFile('utf8')).trim();
    if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  } finally {
    await handle.close();
  }
  throw new AppError('vault-unreadable', `The key file ${file} holds no key.`, {
    hint: 'Put the one back that the secrets were stored with.',
  });
}

export const writeKeyFile = (file: string, key: Buffer): Promise<void> =>
  replaceFile(file, `${key.toString('hex')}\n`);

const sealedFileSchema = z.object({ format: z.literal(1), sealed: z.base64() });

/** What the keychain made of the key; null when there is none. @throws AppError `vault-unreadable` */
export async function readSealedFile(file: string): Promise<string | null> {
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('vault-unreadable', `The sealed key ${file} cannot be read.`, {
      hint: 'Make it readable for you.',
      cause: error,
    });
  }
  try {
    return sealedFileSchema.parse(JSON.parse(text)).sealed;
  } catch {
    throw new AppError('vault-unreadable', `${file} holds no sealed key; it was left as it is.`, {
      hint: 'Put a copy of it back.',
    });
  }
}

export const writeSealedFile = (file: string, sealed: string): Promise<void> =>
  replaceFile(file, `${JSON.stringify({ format: 1, sealed })}\n`);
