import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyKeeper, type KeyKeeper } from './key-keeper.ts';
import type { KeySealer } from './key-sealer.ts';
import { defaultKeySource } from './key-source.ts';
import type { SecretScope } from './scope.ts';
import { createVault, type Vault } from './vault.ts';

const GLOBAL: SecretScope = { type: 'global' };

let dataDir: string;

beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'pipewright-key-'));
});

afterEach(() => {
  fs.rmSync(dataDir, { recursive: true, force: true });
});

/** A keychain that turns texts around. */
function keychain(changes: Partial<KeySealer> = {}): KeySealer {
  const turn = (text: string): string => Array.from(text).reverse().join('');
  return {
    unavailable: () => Promise.resolve(null),
    seal: (text) => Promise.resolve(Buffer.from(turn(text)).toString('base64')),
    open: (sealed) => Promise.resolve(turn(Buffer.from(sealed, 'base64').toString())),
    ...changes,
  };
}

const keeper = (sealer: KeySealer | null, env = {}): KeyKeeper => createKeyKeeper({ dataDir, env, sealer });
const vault = (sealer: KeySealer | null): Vault =>
  createVault({ dataDir, key: defaultKeySource(dataDir, {}, sealer), now: () => 0 });
const valueOf = async (sealer: KeySealer | null): Promise<string | undefined> =>
  (await vault(sealer).read(['TOKEN'], [GLOBAL])).get('TOKEN');
const files = (): string[] => fs.readdirSync(dataDir).filter((name) => name.startsWith('secrets.key'));

describe('the key of the secrets', () => {
  it('moves into the keychain and back, and opens the same secrets', async () => {
    await vault(null).set('TOKEN', GLOBAL, 'a-value');
    expect(await keeper(keychain()).keeping()).toEqual({ place: 'file', obstacle: null });
    expect(await keeper(keychain()).keepIn('keychain')).toEqual({ place: 'keychain', obstacle: null });
    expect(files()).toEqual(['secrets.key.sealed']);
    expect(await valueOf(keychain())).toBe('a-value');
    await keeper(keychain()).keepIn('keychain');
    expect(await keeper(keychain()).keepIn('file')).toEqual({ place: 'file', obstacle: null });
    expect(files()).toEqual(['secrets.key']);
    expect(await valueOf(null)).toBe('a-value');
  });

  it('can be in the keychain before there are secrets', async () => {
    await keeper(keychain()).keepIn('keychain');
    await vault(keychain()).set('TOKEN', GLOBAL, 'a-value');
    expect(files()).toEqual(['secrets.key.sealed']);
    expect(await valueOf(keychain())).toBe('a-value');
  });

  it('is out of reach where there is no desktop, in one sentence that says what to do', async () => {
    await vault(null).set('TOKEN', GLOBAL, 'a-value');
    await keeper(keychain()).keepIn('keychain');
    await expect(valueOf(null)).rejects.toMatchObject({
      code: 'vault-unreadable',
      message: expect.stringMatching(/keychain.*Secrets, or set PIPEWRIGHT_KEY/) as unknown,
    });
    await expect(vault(null).set('OTHER', GLOBAL, 'a-value')).rejects.toThrow(/keychain/);
    expect(await keeper(null).keeping()).toMatchObject({
      place: 'keychain',
      obstacle: expect.stringContaining('desktop') as unknown,
    });
    expect(files()).toEqual(['secrets.key.sealed']);
  });

  it.each([
    ['refuses it', { seal: () => Promise.reject(new Error('The keychain is locked.')) }],
    ['gives something else back', { open: () => Promise.resolve('ab'.repeat(32)) }],
    ['does not open it', { open: () => Promise.reject(new Error('The keychain is locked.')) }],
  ])('stays in its file when the keychain %s', async (_words, changes) => {
    await vault(null).set('TOKEN', GLOBAL, 'a-value');
    await expect(keeper(keychain(changes)).keepIn('keychain')).rejects.toMatchObject({
      code: 'vault-unreadable',
    });
    expect(files()).toContain('secrets.key');
    expect(await valueOf(null)).toBe('a-value');
  });

  it('is read from its file while a move was broken off with both in place, and can be moved again', async () => {
    await vault(null).set('TOKEN', GLOBAL, 'a-value');
    const plain = fs.readFileSync(path.join(dataDir, 'secrets.key'));
    await keeper(keychain()).keepIn('keychain');
    fs.writeFileSync(path.join(dataDir, 'secrets.key'), plain, { mode: 0o600 });
    expect(await keeper(keychain()).keeping()).toMatchObject({ place: 'file' });
    expect(await valueOf(null)).toBe('a-value');
    await keeper(keychain()).keepIn('file');
    expect(files()).toEqual(['secrets.key']);
  });

  it('is not made anew for secrets whose key is gone', async () => {
    await vault(null).set('TOKEN', GLOBAL, 'a-value');
    fs.rmSync(path.join(dataDir, 'secrets.key'));
    await expect(keeper(keychain()).keepIn('keychain')).rejects.toThrow(/is gone/);
    expect(files()).toEqual([]);
  });

  it('stays where it is while the keychain cannot be used, or a variable holds it', async () => {
    const locked = keychain({ unavailable: () => Promise.resolve('There is no keyring.') });
    expect(await keeper(locked).keeping()).toEqual({ place: 'file', obstacle: 'There is no keyring.' });
    await expect(keeper(locked).keepIn('keychain')).rejects.toMatchObject({ code: 'usage' });
    expect(await keeper(keychain(), { PIPEWRIGHT_KEY: 'x' }).keeping()).toMatchObject({ place: 'variable' });
  });
});
