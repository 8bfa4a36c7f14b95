import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectIdOf } from '#shared/lib/ids.ts';
import { createSecrets } from './create-secrets.ts';
import { defaultKeySource } from './key-source.ts';
import type { SecretScope } from './scope.ts';
import { createVault, type Vault } from './vault.ts';

const CANARY = 'canary-7f3a9c';
const GLOBAL: SecretScope = { type: 'global' };
const PROJECT: SecretScope = { type: 'project', projectId: projectIdOf('shop') };
const OTHER: SecretScope = { type: 'project', projectId: projectIdOf('other') };
const PRODUCTION: SecretScope = { ...PROJECT, type: 'environment', environment: 'production' };

let dataDir: string;

beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'pipewright-vault-'));
});

afterEach(() => {
  fs.rmSync(dataDir, { recursive: true, force: true });
});

function open(key?: string): Vault {
  const env = key === undefined ? {} : { PIPEWRIGHT_KEY: key };
  return createVault({ dataDir, key: defaultKeySource(dataDir, env), now: () => 0 });
}

const file = (): string => path.join(dataDir, 'secrets.json');

async function valueOf(vault: Vault, name: string, ...scopes: SecretScope[]): Promise<string | undefined> {
  return (await vault.read([name], scopes)).get(name);
}

/** Every file below the data folder, whole. */
function everything(): string {
  const names = fs.readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
  return names.map((name) => fs.readFileSync(path.join(dataDir, name), 'latin1')).join('\n');
}

describe('the vault', () => {
  it('keeps values for the next start, encrypted, in files for their user alone', async () => {
    await open().set('TOKEN', PROJECT, CANARY);
    expect(await valueOf(open(), 'TOKEN', PROJECT)).toBe(CANARY);
    expect(everything()).not.toContain(CANARY);
    expect(everything()).not.toContain(Buffer.from(CANARY).toString('base64'));
    if (process.platform === 'win32') return;
    for (const name of ['secrets.json', 'secrets.key'])
      expect(fs.statSync(path.join(dataDir, name)).mode & 0o077).toBe(0);
  });

  it('encrypts the same value differently each time', async () => {
    const vault = open();
    await vault.set('A', PROJECT, CANARY);
    const before = fs.readFileSync(file(), 'utf8');
    await vault.set('A', PROJECT, CANARY);
    expect(fs.readFileSync(file(), 'utf8')).not.toBe(before);
    expect(await vault.list()).toHaveLength(1);
  });

  it('lists names and scopes without values', async () => {
    const vault = open();
    expect(await vault.list()).toEqual([]);
    for (const scope of [PRODUCTION, PROJECT, GLOBAL]) await vault.set('B', scope, CANARY);
    await vault.set('A', PROJECT, CANARY);
    const updatedAt = new Date(0).toISOString();
    expect(await vault.list()).toEqual([
      { name: 'A', scope: PROJECT, updatedAt },
      { name: 'B', scope: GLOBAL, updatedAt },
      { name: 'B', scope: PROJECT, updatedAt },
      { name: 'B', scope: PRODUCTION, updatedAt },
    ]);
  });

  it('removes a secret of one scope', async () => {
    const vault = open();
    await vault.set('A', PROJECT, 'of the project');
    await vault.set('A', GLOBAL, 'of all');
    expect(await vault.remove('A', PROJECT)).toBe(true);
    expect(await vault.remove('A', PROJECT)).toBe(false);
    expect(await valueOf(vault, 'A', PROJECT, GLOBAL)).toBe('of all');
  });

  it.each(['', '1A', 'A-B', 'A B', 'Ä', '__proto__ ', 'A'.repeat(101)])(
    'refuses the name %j',
    async (name) => {
      await expect(open().set(name, GLOBAL, CANARY)).rejects.toMatchObject({ code: 'secret-invalid' });
      expect(fs.existsSync(file())).toBe(false);
    },
  );

  it.each([
    ['too short', 'abc', /fewer than 4 characters/],
    ['only space', '      ', /fewer than 4 characters/],
    ['too long', 'a'.repeat(64 * 1024 + 1), /more than 64 KB/],
    ['with a zero byte', 'abcd\0efgh', /no environment variable/],
  ])('refuses a value that is %s, and says why without it', async (_what, value, message) => {
    await expect(open().set('A', GLOBAL, value)).rejects.toMatchObject({
      code: 'secret-invalid',
      message: expect.stringMatching(message) as unknown,
    });
  });

  it.each([
    ['hex', randomBytes(32).toString('hex')],
    ['base64', randomBytes(32).toString('base64')],
    ['a passphrase', 'correct horse battery staple'],
  ])('takes a key from PIPEWRIGHT_KEY as %s and makes no key file', async (_what, key) => {
    await open(key).set('A', GLOBAL, CANARY);
    expect(await valueOf(open(key), 'A', GLOBAL)).toBe(CANARY);
    expect(fs.existsSync(path.join(dataDir, 'secrets.key'))).toBe(false);
  });

  it('refuses a short passphrase', async () => {
    await expect(open('short').set('A', GLOBAL, CANARY)).rejects.toMatchObject({ code: 'vault-unreadable' });
  });

  it('says that the key is another one, for reading and for writing, and changes nothing', async () => {
    await open('correct horse battery staple').set('A', GLOBAL, CANARY);
    const before = fs.readFileSync(file(), 'utf8');
    const wrong = open('wrong horse battery staple');
    const expected = { code: 'vault-unreadable', message: expect.stringMatching(/another key/) as unknown };
    await expect(wrong.read(['A'], [GLOBAL])).rejects.toMatchObject(expected);
    await expect(wrong.set('B', GLOBAL, CANARY)).rejects.toMatchObject(expected);
    expect(await wrong.list()).toHaveLength(1);
    expect(fs.readFileSync(file(), 'utf8')).toBe(before);
  });

  it('takes another key once it is empty', async () => {
    await open('correct horse battery staple').set('A', GLOBAL, CANARY);
    await open().remove('A', GLOBAL);
    await open().set('A', GLOBAL, CANARY);
    expect(await valueOf(open(), 'A', GLOBAL)).toBe(CANARY);
  });

  it('says that the key file is gone rather than make another one', async () => {
    await open().set('A', GLOBAL, CANARY);
    fs.rmSync(path.join(dataDir, 'secrets.key'));
    const expected = { message: expect.stringMatching(/is gone/) as unknown };
    await expect(open().read(['A'], [GLOBAL])).rejects.toMatchObject(expected);
    await expect(open().set('B', GLOBAL, CANARY)).rejects.toMatchObject(expected);
    expect(fs.existsSync(path.join(dataDir, 'secrets.key'))).toBe(false);
  });

  it.runIf(process.platform !== 'win32')('refuses a key file that others may read', async () => {
    await open().set('A', GLOBAL, CANARY);
    fs.chmodSync(path.join(dataDir, 'secrets.key'), 0o640);
    await expect(open().read(['A'], [GLOBAL])).rejects.toMatchObject({
      code: 'vault-unreadable',
      hint: expect.stringMatching(/chmod 600/) as unknown,
    });
  });

  it('refuses a value that was changed, cut or moved to another name or scope', async () => {
    const vault = open();
    await vault.set('A', GLOBAL, CANARY);
    await vault.set('B', GLOBAL, 'another value');
    const stored = JSON.parse(fs.readFileSync(file(), 'utf8')) as { secrets: { value: string }[] };
    const [a, b] = [stored.secrets[0]!.value, stored.secrets[1]!.value];
    const flipped = Buffer.from(a, 'base64');
    flipped[14]! ^= 1;
    for (const value of [b, flipped.toString('base64'), a.slice(0, 40), '']) {
      stored.secrets[0]!.value = value;
      fs.writeFileSync(file(), JSON.stringify(stored));
      await expect(valueOf(vault, 'A', GLOBAL)).rejects.toMatchObject({ code: 'vault-unreadable' });
    }
    expect(await valueOf(vault, 'B', GLOBAL)).toBe('another value');
  });

  it.each(['', '{', '[]', '{"format":1}', '{"format":2,"anything":true}'])(
    'leaves a file as it is that holds %j',
    async (text) => {
      fs.writeFileSync(file(), text);
      const vault = open();
      const expected = { code: 'vault-unreadable' };
      await expect(vault.list()).rejects.toMatchObject(expected);
      await expect(vault.read(['A'], [GLOBAL])).rejects.toMatchObject(expected);
      await expect(vault.set('A', GLOBAL, CANARY)).rejects.toMatchObject(expected);
      expect(fs.readFileSync(file(), 'utf8')).toBe(text);
    },
  );

  it('loses nothing when many write at once', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `NAME_${index}`);
    await Promise.all(names.map((name) => open().set(name, GLOBAL, `${CANARY} ${name}`)));
    const values = await open().read(names, [GLOBAL]);
    expect([...values.keys()]).toEqual(names);
    expect(fs.readdirSync(dataDir).sort()).toEqual(['secrets.json', 'secrets.key', 'secrets.lock']);
  });
});

describe('the secrets of a stage', () => {
  const secretsOf = (vault: Vault) =>
    createSecrets({ vault, projectIdOf: (dir) => projectIdOf(path.basename(dir)) });

  it('are those of the environment over those of the project over the global ones', async () => {
    const vault = open();
    for (const name of ['A', 'B', 'C']) await vault.set(name, GLOBAL, `global ${name}`);
    for (const name of ['A', 'B']) await vault.set(name, PROJECT, `project ${name}`);
    await vault.set('A', PRODUCTION, 'production A');
    await vault.set('C', OTHER, 'another project');
    const secrets = secretsOf(vault);
    const resolve = (environment: string | null) =>
      secrets.resolve(['A', 'B', 'C'], { projectDir: '/work/shop', environment });
    expect(await resolve('production')).toEqual({ A: 'production A', B: 'project B', C: 'global C' });
    expect(await resolve(null)).toEqual({ A: 'project A', B: 'project B', C: 'global C' });
  });

  it('say which one is missing and how to set it', async () => {
    const vault = open();
    await vault.set('A', PROJECT, CANARY);
    const scope = { projectDir: '/work/shop', environment: 'production' };
    await expect(secretsOf(vault).resolve(['A', 'DEPLOY_KEY'], scope)).rejects.toMatchObject({
      code: 'secret-missing',
      message: expect.stringContaining('`pipewright secrets set DEPLOY_KEY`') as unknown,
    });
  });

  it('need neither vault nor key when a stage names none', async () => {
    fs.writeFileSync(file(), 'damaged');
    const scope = { projectDir: '/work/shop', environment: null };
    expect(await secretsOf(open()).resolve([], scope)).toEqual({});
  });

  it('are hidden in texts', () => {
    const secrets = secretsOf(open());
    expect(secrets.redact(`token=${CANARY}`, [CANARY])).toBe('token=***');
    expect(secrets.redact(`token=${CANARY}`, [])).toBe(`token=${CANARY}`);
    expect(secrets.contains(Buffer.from(CANARY).toString('base64'), [CANARY])).toBe(true);
    expect(secrets.contains('harmless', [CANARY])).toBe(false);
  });
});
