import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_REGISTRY } from './image-name.ts';
import { findRegistryAuth, type RegistryAuth } from './registry-auth.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-auth-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true, force: true });
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const configure = (config: unknown): void =>
  writeFileSync(path.join(dir, 'config.json'), JSON.stringify(config));
const find = (registry: string): Promise<RegistryAuth | null> =>
  findRegistryAuth(dir, registry, new AbortController().signal);

/** Puts a credential helper of the given name on the PATH. */
function addHelper(name: string, script: string): void {
  const file = path.join(dir, `docker-credential-${name}`);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  vi.stubEnv('PATH', `${dir}${path.delimiter}${process.env.PATH ?? ''}`);
}

describe('credentials of a registry', () => {
  it('are none without a configuration', async () => {
    expect(await find('box.test')).toBeNull();
  });

  it('are read from the file, with a password that has colons', async () => {
    configure({ auths: { 'https://box.test/v2/': { auth: base64('me:a:b') } } });
    expect(await find('box.test')).toEqual({ serveraddress: 'box.test', username: 'me', password: 'a:b' });
    expect(await find('other.test')).toBeNull();
  });

  it('may be a token', async () => {
    configure({ auths: { 'box.test': { auth: '', identitytoken: 't' } } });
    expect(await find('box.test')).toEqual({ serveraddress: 'box.test', identitytoken: 't' });
  });
});

// Helpers are programs; here they are scripts.
describe.runIf(process.platform !== 'win32')('a credential helper', () => {
  it('of a registry is asked before the store of all', async () => {
    addHelper('own', `read -r name; printf '{"Username":"%s","Secret":"s"}' "$name"`);
    configure({ credsStore: 'missing', credHelpers: { 'box.test': 'own' } });
    expect(await find('box.test')).toEqual({
      serveraddress: 'box.test',
      username: 'box.test',
      password: 's',
    });
  });

  it('that knows nothing leaves it to the file', async () => {
    addHelper('empty', 'echo "credentials not found"; exit 1');
    configure({ credsStore: 'empty', auths: { [DEFAULT_REGISTRY]: { auth: base64('me:p') } } });
    expect(await find(DEFAULT_REGISTRY)).toMatchObject({ username: 'me', password: 'p' });
  });

  it('may answer with a token', async () => {
    addHelper('own', `printf '{"Username":"<token>","Secret":"t"}'`);
    configure({ credsStore: 'own' });
    expect(await find('box.test')).toEqual({ serveraddress: 'box.test', identitytoken: 't' });
  });

  it('that is not there is said in one sentence', async () => {
    configure({ credsStore: 'nowhere' });
    await expect(find('box.test')).rejects.toMatchObject({
      code: 'image-pull-failed',
      message: expect.stringContaining('docker-credential-nowhere') as string,
    });
  });
});
