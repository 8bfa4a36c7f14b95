import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '#shared/lib/app-error.ts';
import { folderKeySource } from './folder-key-source.ts';
import { KEY_BYTES } from './key-files.ts';
import type { KeySealer } from './key-sealer.ts';

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

/**
 * What `PIPEWRIGHT_KEY` holds if it is set, else a file in the data folder, or what the system's keychain has sealed there.
 * @param sealer null where there is no keychain to ask
 */
export function defaultKeySource(
  dataDir: string,
  env: NodeJS.ProcessEnv,
  sealer: KeySealer | null = null,
): KeySource {
  const text = env.PIPEWRIGHT_KEY ?? '';
  return text === '' ? folderKeySource(dataDir, sealer) : textKeySource(text);
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
