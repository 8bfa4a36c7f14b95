import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { AppError, toAppError } from '#shared/lib/app-error.ts';
import { withFileLock } from './file-lock.ts';
import { openSealed } from './folder-key-source.ts';
import {
  KEY_BYTES,
  keyFileOf,
  readKeyFile,
  readSealedFile,
  sealedFileOf,
  writeKeyFile,
  writeSealedFile,
} from './key-files.ts';
import type { KeySealer } from './key-sealer.ts';
import { readVaultFile } from './vault-file.ts';

/** Where the key of the secrets is kept. `variable`: `PIPEWRIGHT_KEY`, outside of what Pipewright keeps. */
export type KeyPlace = 'variable' | 'file' | 'keychain';

export interface KeyKeeping {
  readonly place: KeyPlace;
  /** Why the keychain cannot be chosen or left here, in a sentence; null when it can. */
  readonly obstacle: string | null;
}

/** Moves the key of a data folder between its file and the system's keychain. */
export interface KeyKeeper {
  keeping(): Promise<KeyKeeping>;
  /**
   * Idempotent. Whatever breaks it off, the key is in one of the two places, or the same one in both.
   * @throws AppError `vault-unreadable` (then nothing was changed), `usage` while the keychain cannot be used
   */
  keepIn(place: 'file' | 'keychain'): Promise<KeyKeeping>;
}

export interface KeyKeeperOptions {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Null where there is no keychain to ask. */
  readonly sealer: KeySealer | null;
}

export function createKeyKeeper({ dataDir, env, sealer }: KeyKeeperOptions): KeyKeeper {
  const keyFile = keyFileOf(dataDir);
  const sealedFile = sealedFileOf(dataDir);

  async function obstacle(): Promise<string | null> {
    if ((env['PIPEWRIGHT_KEY'] ?? '') !== '') return 'The key comes from the variable PIPEWRIGHT_KEY.';
    if (sealer === null) return "Only the desktop application can use the system's keychain.";
    return sealer.unavailable();
  }

  async function place(): Promise<KeyPlace> {
    if ((env['PIPEWRIGHT_KEY'] ?? '') !== '') return 'variable';
    // With both, whoever may read the file has the key.
    if ((await exists(keyFile)) || !(await exists(sealedFile))) return 'file';
    return 'keychain';
  }

  const keeping = async (): Promise<KeyKeeping> => ({ place: await place(), obstacle: await obstacle() });

  async function seal(keychain: KeySealer): Promise<void> {
    const key = (await readKeyFile(keyFile)) ?? (await sealedKey()) ?? (await newKey());
    const sealed = await sealing(() => keychain.seal(key.toString('hex')));
    await writeSealedFile(sealedFile, sealed);
    // The file is given up only for what is on disk and opens.
    const written = await readSealedFile(sealedFile);
    if (written === null || !(await openSealed(written, keychain)).equals(key))
      throw new AppError('vault-unreadable', "The system's keychain does not give back what it was given.", {
        hint: 'The key stays in its file.',
      });
    await fs.rm(keyFile, { force: true });
  }

  async function unseal(): Promise<void> {
    if (!(await exists(keyFile))) {
      const key = await sealedKey();
      if (key === null) return;
      await writeKeyFile(keyFile, key);
    }
    await fs.rm(sealedFile, { force: true });
  }

  async function sealedKey(): Promise<Buffer | null> {
    const sealed = await readSealedFile(sealedFile);
    return sealed === null ? null : openSealed(sealed, sealer);
  }

  /** Only for a vault that no key has filled. */
  async function newKey(): Promise<Buffer> {
    const stored = await readVaultFile(path.join(dataDir, 'secrets.json'));
    if (stored !== null && stored.keyCheck !== null) {
      throw new AppError('vault-unreadable', `The key file ${keyFile} of the secrets is gone.`, {
        hint: 'Put it back, or set PIPEWRIGHT_KEY to the key that they were stored with.',
      });
    }
    return randomBytes(KEY_BYTES);
  }

  return {
    keeping,
    async keepIn(wanted) {
      const reason = await obstacle();
      if (reason !== null) throw new AppError('usage', reason, { hint: 'Nothing was changed.' });
      await fs.mkdir(dataDir, { recursive: true, mode: 0o700 });
      await withFileLock(path.join(dataDir, 'secrets.lock'), () =>
        wanted === 'keychain' && sealer !== null ? seal(sealer) : unseal(),
      );
      return keeping();
    },
  };
}

async function sealing(work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    throw new AppError('vault-unreadable', "The system's keychain did not take the key.", {
      hint: `${toAppError(error).message} The key stays in its file.`,
      cause: error,
    });
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await fs.access(file);
    return true;
  } catch {
    return false;
  }
}
