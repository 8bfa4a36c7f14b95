import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type { HostKey } from '#shared/api/host-schemas.ts';
import type { HostTarget } from './host-target.ts';

const run = promisify(execFile);

/** A key that a host shows. */
export interface ShownKey extends HostKey {
  /** As it stands in a file of known hosts. */
  readonly base64: string;
}

/** Best first, as ssh itself prefers them. */
const PREFERENCE = [/ed25519/, /ecdsa/, /rsa/];

/** The keys that a host shows to anybody, best first; none when it cannot be asked. Rejects when `signal` aborts. */
export async function scanHostKeys(target: HostTarget, signal: AbortSignal): Promise<readonly ShownKey[]> {
  if (target.isProxied) return [];
  const seconds = String(Math.ceil(target.connectTimeoutMs / 1_000));
  const args = ['-T', seconds, '-p', String(target.port), '--', target.hostname];
  try {
    const { stdout } = await run('ssh-keyscan', args, { signal, windowsHide: true });
    return parseScan(stdout);
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

/** Reads what `ssh-keyscan` wrote: lines of a name, a type and a key; others are comments. */
export function parseScan(text: string): readonly ShownKey[] {
  const keys = text.split(/\r?\n/).flatMap((line): ShownKey[] => {
    const [name = '#', type = '', base64 = ''] = line.trim().split(/\s+/);
    if (name.startsWith('#') || !/^[A-Za-z0-9+/]+=*$/.test(base64)) return [];
    return [{ type, base64, fingerprint: fingerprintOf(base64) }];
  });
  const rank = ({ type }: ShownKey): number => {
    const index = PREFERENCE.findIndex((pattern) => pattern.test(type));
    return index < 0 ? PREFERENCE.length : index;
  };
  return keys.toSorted((a, b) => rank(a) - rank(b));
}

function fingerprintOf(base64: string): string {
  const hash = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('base64');
  return `SHA256:${hash.replace(/=+$/, '')}`;
}

/** Whether a file of known hosts has any line for the host. */
export async function isKnownIn(file: string, knownName: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { stdout } = await run('ssh-keygen', ['-F', knownName, '-f', file], { signal, windowsHide: true });
    return stdout.trim() !== '';
  } catch {
    // It says by its exit code that there is none, or that there is no such file.
    signal.throwIfAborted();
    return false;
  }
}
