import { createHmac, randomBytes } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import { systemErrorCode } from '#shared/lib/system-error.ts';
import { isKnownIn, scanHostKeys } from './host-keys.ts';
import { type HostTarget, hostTarget } from './host-target.ts';
import type { SshProgram } from './ssh-arguments.ts';

/**
 * Adds the key that a host shows now to the user's known hosts, if it is the one that somebody has compared. A host of
 * which another key is known is refused: whether that may go is for its owner to say, and not by a click.
 * @returns the file that has the key now
 * @throws AppError `host-key-changed`, `usage` when it shows no such key, `ssh-failed`
 */
export async function acceptHostKey(
  name: string,
  fingerprint: string,
  program: SshProgram,
  signal: AbortSignal,
): Promise<string> {
  const target = await hostTarget(name, program, signal);
  const [file] = target.knownHostsFiles;
  if (file === undefined)
    throw new AppError('ssh-failed', `The configuration of ${name} has no file of known hosts.`, {
      hint: 'Name one with UserKnownHostsFile in ~/.ssh/config.',
    });
  for (const each of target.knownHostsFiles) {
    if (await isKnownIn(each, target.knownName, signal))
      throw new AppError('host-key-changed', `${each} has a key of ${name} already.`, {
        hint: removalHint(target, each),
      });
  }
  const keys = await scanHostKeys(target, signal);
  const key = keys.find((each) => each.fingerprint === fingerprint);
  if (key === undefined) {
    const shown = keys.map((each) => each.fingerprint).join(', ');
    throw new AppError('usage', `${name} shows no key with the fingerprint ${fingerprint}.`, {
      hint:
        shown === ''
          ? `Connect once with ssh ${name} in a terminal, and compare the fingerprint that it shows.`
          : `It shows ${shown}: compare with whoever runs that host.`,
    });
  }
  const knownName = target.hashesNames ? hashed(target.knownName) : target.knownName;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await appendFile(file, `${await startOfLine(file)}${knownName} ${key.type} ${key.base64}\n`, {
    mode: 0o600,
  });
  return file;
}

/** How the key that is known goes, for who has made sure that the host was given another one. */
export const removalHint = ({ knownName }: HostTarget, file: string): string =>
  `If whoever runs that host says that its key was changed, remove the old one with ssh-keygen -R "${knownName}" -f "${file}", and test again.`;

/** As `HashKnownHosts` has it. */
function hashed(name: string): string {
  const salt = randomBytes(20);
  const hash = createHmac('sha1', salt).update(name).digest('base64');
  return `|1|${salt.toString('base64')}|${hash}`;
}

/** A last line without an end would swallow the new one. */
async function startOfLine(file: string): Promise<string> {
  try {
    const text = await readFile(file, 'utf8');
    return text === '' || text.endsWith('\n') ? '' : '\n';
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return '';
    throw error;
  }
}
