import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import { reasonOf } from '#shared/lib/system-error.ts';
import { withFileLock } from './file-lock.ts';
import type { KeySource } from './key-source.ts';
import { replaceFile } from './replace-file.ts';
import { type SecretScope, scopeKey } from './scope.ts';
import { type Sealed, seal, unseal } from './seal.ts';
import { checkSecretName, checkSecretValue } from './secret-rules.ts';
import { readVaultFile, type StoredSecret, type VaultFile, vaultFileText } from './vault-file.ts';

const KEY_CHECK = 'pipewright vault';
const SALT_BYTES = 16;

/** What is known of a secret without its value. */
export interface SecretInfo {
  readonly name: string;
  readonly scope: SecretScope;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** Secrets of a data folder, encrypted at rest. Any number of hosts may use it at once; every call reads what is stored. */
export interface Vault {
  /** By name, then global, project, environment. Needs no key. @throws AppError `vault-unreadable` */
  list(): Promise<SecretInfo[]>;
  /** Stores a value or replaces it. @throws AppError `secret-invalid`, `vault-unreadable` (then nothing was changed) */
  set(name: string, scope: SecretScope, value: string): Promise<SecretInfo>;
  /** False when it was not there. Needs no key. @throws AppError `vault-unreadable` */
  remove(name: string, scope: SecretScope): Promise<boolean>;
  /**
   * For each name the value of the first of the scopes that has one; a name that none has is absent.
   * @throws AppError `vault-unreadable`
   */
  read(names: readonly string[], scopes: readonly SecretScope[]): Promise<ReadonlyMap<string, string>>;
}

export interface VaultOptions {
  readonly dataDir: string;
  readonly key: KeySource;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createVault({ dataDir, key: source, now }: VaultOptions): Vault {
  const file = path.join(dataDir, 'secrets.json');
  /** The last key that fitted; deriving one from a passphrase is slow on purpose. */
  let known: { readonly salt: string; readonly key: Buffer } | null = null;

  /** The key of a vault that is in use. */
  async function keyOf(vault: VaultFile & { readonly keyCheck: Sealed }): Promise<Buffer> {
    const { salt, keyCheck } = vault;
    const key =
      known?.salt === salt
        ? known.key
        : await source.load({ salt: Buffer.from(salt, 'base64'), mayCreate: false });
    if (unseal(key, KEY_CHECK, keyCheck) === null) {
      throw new AppError(
        'vault-unreadable',
        `The secrets were stored with another key than ${source.name}.`,
        {
          hint: 'Use the key that they were stored with; nothing was changed.',
        },
      );
    }
    known = { salt, key };
    return key;
  }

  async function change<Result>(work: (stored: VaultFile | null) => Promise<Result>): Promise<Result> {
    try {
      await fs.mkdir(dataDir, { recursive: true, mode: 0o700 });
      return await withFileLock(path.join(dataDir, 'secrets.lock'), async () =>
        work(await readVaultFile(file)),
      );
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError(
        'data-folder-unusable',
        `The secret could not be stored in ${dataDir}: ${reasonOf(error)}.`,
        {
          hint: 'The secrets there are as they were.',
          cause: error,
        },
      );
    }
  }

  /** The stored vault with its key, or a new one with a new key. */
  async function openForWriting(stored: VaultFile | null): Promise<{ vault: VaultFile; key: Buffer }> {
    if (stored !== null && hasKey(stored)) return { vault: stored, key: await keyOf(stored) };
    const salt = randomBytes(SALT_BYTES);
    const key = await source.load({ salt, mayCreate: true });
    const keyCheck = seal(key, KEY_CHECK, KEY_CHECK);
    return { vault: { format: 1, salt: salt.toString('base64'), keyCheck, secrets: [] }, key };
  }

  return {
    async list() {
      const stored = await readVaultFile(file);
      return (stored?.secrets ?? []).map(infoOf).sort(byNameAndScope);
    },
    async set(name, scope, value) {
      checkSecretName(name);
      checkSecretValue(value);
      return change(async (stored) => {
        const { vault, key } = await openForWriting(stored);
        const info = { name, scope, updatedAt: new Date(now()).toISOString() };
        const secret: StoredSecret = { ...info, value: seal(key, labelOf(info), value) };
        const others = vault.secrets.filter((each) => labelOf(each) !== labelOf(info));
        await replaceFile(file, vaultFileText({ ...vault, secrets: [...others, secret] }));
        return info;
      });
    },
    remove: (name, scope) =>
      change(async (stored) => {
        if (stored === null) return false;
        const secrets = stored.secrets.filter((each) => labelOf(each) !== labelOf({ name, scope }));
        if (secrets.length === stored.secrets.length) return false;
        // With the last secret the key has done its work: another one may be used then.
        const keyCheck = secrets.length === 0 ? null : stored.keyCheck;
        await replaceFile(file, vaultFileText({ ...stored, keyCheck, secrets }));
        return true;
      }),
    async read(names, scopes) {
      const values = new Map<string, string>();
      const stored = await readVaultFile(file);
      if (stored === null) return values;
      const byLabel = new Map(stored.secrets.map((secret) => [labelOf(secret), secret]));
      for (const name of names) {
        const secret = scopes
          .map((scope) => byLabel.get(labelOf({ name, scope })))
          .find((found) => found !== undefined);
        if (secret === undefined) continue;
        const value = hasKey(stored) ? unseal(await keyOf(stored), labelOf(secret), secret.value) : null;
        if (value === null) {
          throw new AppError(
            'vault-unreadable',
            `The stored value of the secret ${name} was changed or damaged.`,
            {
              hint: `Set it again with \`pipewright secrets set ${name}\`.`,
            },
          );
        }
        values.set(name, value);
      }
      return values;
    },
  };
}

function hasKey(vault: VaultFile): vault is VaultFile & { readonly keyCheck: Sealed } {
  return vault.keyCheck !== null;
}

/** A value opens under its own name and scope alone, so that no one who can write the file swaps values. */
function labelOf({ name, scope }: Pick<SecretInfo, 'name' | 'scope'>): string {
  return `${name} ${scopeKey(scope)}`;
}

function infoOf({ name, scope, updatedAt }: StoredSecret): SecretInfo {
  return { name, scope, updatedAt };
}

const SCOPE_ORDER = ['global', 'project', 'environment'] as const;

function byNameAndScope(a: SecretInfo, b: SecretInfo): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  const order = SCOPE_ORDER.indexOf(a.scope.type) - SCOPE_ORDER.indexOf(b.scope.type);
  return order === 0 ? scopeKey(a.scope).localeCompare(scopeKey(b.scope)) : order;
}
