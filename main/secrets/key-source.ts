import { randomBytes, scrypt } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { AppError } from '#shared/lib/app-error.ts';
import { replaceFile } from './replace-file.ts';

const KEY_BYTES = 32;
const KEY_FILE = 'secrets.key';
const MIN_PASSPHRASE_CHARS = 12;
/** 64 MB and some 0.1 s for each guess. */
const SCRYPT_COST = { N: 2 ** 16, r: 8, p: 1, maxmem: 2 ** 27 } as const;

export interface KeyRequest {
  /** Of the vault; random, at least 16 bytes. */
  readonly salt: Buffer;
  /** The vault is empty, so a key may be made. Else the key that filled it is asked for. Never two such calls at once. */
  readonly mayCreate: boolean;
}

/** Where the vault's key comes from: a variable, a file, or the keychain of the system. */
export interface KeySource {
  /** For people, such as `the key in PIPEWRIGHT_KEY`. */
  readonly name: string;
  /** 32 bytes, the same for the same vault. @throws AppError `vault-unreadable` */
  load(request: KeyRequest): Promise<Buffer>;
}

/** What `PIPEWRIGHT_KEY` holds if it is set, else a file in the data folder. */
export function defaultKeySource(dataDir: string, env: NodeJS.ProcessEnv): KeySource {
  const text = env.PIPEWRIGHT_KEY ?? '';
  return text === '' ? fileKeySource(path.join(dataDir, KEY_FILE)) : textKeySource(text);
}

/** 32 bytes as hex or base64, else a passphrase. */
export function textKeySource(text: string): KeySource {
  return {
    name: 'the key in PIPEWRIGHT_KEY',
    async load({ salt }) {
      if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
      // `base64` also reads the alphabet for URLs.
      if (/^[\w+/-]{43}=?$/.test(text)) return Buffer.from(text, 'base64');
      if (text.length < MIN_PASSPHRASE_CHARS) {
        throw new AppError(
          'vault-unreadable',
          `PIPEWRIGHT_KEY has fewer than ${MIN_PASSPHRASE_CHARS} characters.`,
          { hint: 'Use a longer passphrase, or 32 random bytes as hex or base64.' },
        );
      }
      const derive = promisify<string, Buffer, number, typeof SCRYPT_COST, Buffer>(scrypt);
      return derive(text.normalize('NFC'), salt, KEY_BYTES, SCRYPT_COST);
    },
  };
}

/** A file for its user alone, made when the first secret is set. */
export function fileKeySource(file: string): KeySource {
  return {
    name: `the key file ${file}`,
    async load({ mayCreate }) {
      const stored = await read(file);
      if (stored !== null) return stored;
      if (!mayCreate) {
        throw new AppError('vault-unreadable', `The key file ${file} of the secrets is gone.`, {
          hint: 'Put it back, or set PIPEWRIGHT_KEY to the key that they were stored with.',
        });
      }
      const key = randomBytes(KEY_BYTES);
      await replaceFile(file, `${key.toString('hex')}\n`);
      return key;
    },
  };
}

async function read(file: string): Promise<Buffer | null> {
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
