import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { KeySealer } from '#main/secrets/key-sealer.ts';
import { defaultKeySource } from '#main/secrets/key-source.ts';
import { createVault } from '#main/secrets/vault.ts';
import { createCliFixture } from './cli-fixture.ts';

const MOVER = path.resolve(import.meta.dirname, '../fixtures/keep-key.ts');
const KEYCHAIN: KeySealer = {
  unavailable: () => Promise.resolve(null),
  seal: (text) => Promise.resolve(Buffer.from(text).toString('base64')),
  open: (sealed) => Promise.resolve(Buffer.from(sealed, 'base64').toString()),
};

const open = (dataDir: string) =>
  createVault({ dataDir, key: defaultKeySource(dataDir, {}, KEYCHAIN), now: () => 0 });

const move = (dataDir: string, place: 'keychain' | 'file', killedAt = 0): NodeJS.Signals | null =>
  spawnSync(process.execPath, [MOVER, dataDir, place, String(killedAt)]).signal;

const keyFiles = (dataDir: string): string[] =>
  readdirSync(dataDir).filter((name) => /^secrets\.key(\.sealed)?$/.test(name));

it('loses nothing when the machine dies while the key moves', async () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-keychain-'));
  try {
    await open(dataDir).set('TOKEN', { type: 'global' }, 'a-value');
    const value = async () => (await open(dataDir).read(['TOKEN'], [{ type: 'global' }])).get('TOKEN');
    for (const killedAt of [1, 2]) {
      expect(move(dataDir, 'keychain', killedAt)).toBe('SIGKILL');
      expect(await value()).toBe('a-value');
    }
    expect(move(dataDir, 'keychain')).toBeNull();
    expect(keyFiles(dataDir)).toEqual(['secrets.key.sealed']);
    expect(await value()).toBe('a-value');
    expect(move(dataDir, 'file', 1)).toBe('SIGKILL');
    expect(await value()).toBe('a-value');
    expect(move(dataDir, 'file')).toBeNull();
    expect(keyFiles(dataDir)).toEqual(['secrets.key']);
    expect(await value()).toBe('a-value');
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

it('a stage of the command line says in one sentence that its secret is behind the keychain', async () => {
  await using fixture = createCliFixture(
    'workspace: in-place\nstages: { one: { secrets: [TOKEN], run: "true" } }\n',
  );
  await open(fixture.dataDir).set('TOKEN', { type: 'global' }, 'a-value');
  expect((await fixture.cli('run')).code).toBe(0);
  expect(move(fixture.dataDir, 'keychain')).toBeNull();
  const { code, stdout } = await fixture.cli('run');
  expect(code).toBe(1);
  expect(stdout).toContain("in the system's keychain, which only the desktop application can open");
});
