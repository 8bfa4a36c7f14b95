import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readPrivateKey } from './envelope.ts';

/**
 * The key of a data folder that provenance is signed with, made with its first use, readable by this user alone. Several
 * processes may ask at once: all get the same.
 */
export async function ownSigningKey(dataDir: string): Promise<KeyObject> {
  const dir = path.join(dataDir, 'keys');
  const file = path.join(dir, 'provenance.pem');
  const known = await readFile(file, 'utf8').catch(ifMissing);
  if (known !== null) return readPrivateKey(known);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const temporary = `${file}.${process.pid}-${Date.now()}`;
  await writeFile(temporary, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
    flag: 'wx',
  });
  await chmod(temporary, 0o600);
  try {
    // Unlike a rename this does not replace the key that another process has just made.
    await link(temporary, file).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(temporary, { force: true });
  }
  return readPrivateKey(await readFile(file, 'utf8'));
}

function ifMissing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}
