import { randomBytes } from 'node:crypto';
import { AppError, toAppError } from '#shared/lib/app-error.ts';
import {
  KEY_BYTES,
  keyFileOf,
  readKeyFile,
  readSealedFile,
  sealedFileOf,
  writeKeyFile,
} from './key-files.ts';
import type { KeySealer } from './key-sealer.ts';
import type { KeySource } from './key-source.ts';

/**
 * The key that is kept in the data folder: a file for its user alone, made when the first secret is set, or one that the
 * system's keychain has sealed. Where both are, they hold the same key: moving it was broken off.
 * @param sealer null where there is no keychain to ask
 */
export function folderKeySource(dataDir: string, sealer: KeySealer | null): KeySource {
  const keyFile = keyFileOf(dataDir);
  const sealedFile = sealedFileOf(dataDir);

  async function find(): Promise<Buffer | null> {
    const plain = await readKeyFile(keyFile);
    if (plain !== null) return plain;
    const sealed = await readSealedFile(sealedFile);
    if (sealed !== null) return openSealed(sealed, sealer);
    // Another process may have moved it back between the two looks.
    return readKeyFile(keyFile);
  }

  return {
    name: `the key in ${dataDir}`,
    async load({ mayCreate }) {
      const stored = await find();
      if (stored !== null) return stored;
      if (!mayCreate) {
        throw new AppError('vault-unreadable', `The key file ${keyFile} of the secrets is gone.`, {
          hint: 'Put it back, or set PIPEWRIGHT_KEY to the key that they were stored with.',
        });
      }
      const key = randomBytes(KEY_BYTES);
      await writeKeyFile(keyFile, key);
      return key;
    },
  };
}

/** @throws AppError `vault-unreadable` when the keychain is out of reach, or does not open it */
export async function openSealed(sealed: string, sealer: KeySealer | null): Promise<Buffer> {
  if (sealer === null) {
    // All in the message: a stage's outcome keeps no hint.
    throw new AppError(
      'vault-unreadable',
      "The key of the secrets is in the system's keychain, which only the desktop application can open: turn that off there under Secrets, or set PIPEWRIGHT_KEY to the key.",
    );
  }
  let text: string;
  try {
    text = await sealer.open(sealed);
  } catch (error) {
    throw new AppError('vault-unreadable', "The system's keychain does not open the key of the secrets.", {
      hint: `${toAppError(error).message} Unlock the keychain of the user who stored them, and try again.`,
      cause: error,
    });
  }
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new AppError(
      'vault-unreadable',
      "The system's keychain holds something else than the key of the secrets.",
      {
        hint: 'Put the sealed key file back that the secrets were stored with.',
      },
    );
  return Buffer.from(text, 'hex');
}
