import { execFile } from 'node:child_process';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import { reasonOf } from '#shared/lib/system-error.ts';
import { readJson, recordOf } from './find-daemon.ts';

/** What the daemon shows a registry; never logged. */
export interface RegistryAuth {
  readonly serveraddress: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

/**
 * The credentials that the user's Docker config has for a registry: of its own helper, of the store of all, or in the
 * file itself. Null: none, and the registry is asked without.
 * @throws AppError `image-pull-failed` when a helper is named that cannot be run
 */
export async function findRegistryAuth(
  configDir: string,
  registry: string,
  signal: AbortSignal,
): Promise<RegistryAuth | null> {
  const config = readJson(path.join(configDir, 'config.json'));
  if (config === null) return null;
  const helper = recordOf(config['credHelpers'])?.[registry] ?? config['credsStore'];
  if (typeof helper === 'string' && helper !== '') {
    const found = await askHelper(helper, registry, signal);
    if (found !== null) return found;
  }
  return authOfFile(recordOf(config['auths']), registry);
}

function authOfFile(
  auths: Readonly<Record<string, unknown>> | undefined,
  registry: string,
): RegistryAuth | null {
  const key = Object.keys(auths ?? {}).find((name) => hostOf(name) === hostOf(registry));
  const entry = key === undefined ? undefined : recordOf(auths?.[key]);
  if (entry === undefined) return null;
  if (typeof entry['identitytoken'] === 'string' && entry['identitytoken'] !== '')
    return { serveraddress: registry, identitytoken: entry['identitytoken'] };
  if (typeof entry['auth'] !== 'string') return null;
  const text = Buffer.from(entry['auth'], 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon <= 0) return null;
  return {
    serveraddress: registry,
    username: text.slice(0, colon),
    password: text.slice(colon + 1).replace(/\0+$/, ''),
  };
}

/** Some tools write the address of a registry with a scheme and a path. */
function hostOf(registry: string): string {
  return registry.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

function askHelper(helper: string, registry: string, signal: AbortSignal): Promise<RegistryAuth | null> {
  return new Promise((resolve, reject) => {
    const options = { signal, windowsHide: true, timeout: HELPER_TIMEOUT_MS };
    const child = execFile(`docker-credential-${helper}`, ['get'], options, (error, stdout) => {
      if (signal.aborted) reject(signal.reason as Error);
      else if (error === null) resolve(readAnswer(stdout, registry));
      // It ended with an error: it has none for this registry.
      else if (typeof error.code === 'number') resolve(null);
      else reject(helperFailed(helper, error));
    });
    child.stdin?.on('error', () => undefined).end(registry);
  });
}

/** A helper may wait for a person to unlock a keychain, but not for ever. */
const HELPER_TIMEOUT_MS = 60_000;

function readAnswer(stdout: string, registry: string): RegistryAuth | null {
  try {
    const answer = recordOf(JSON.parse(stdout));
    const { Username: username, Secret: secret } = answer ?? {};
    if (typeof username !== 'string' || typeof secret !== 'string') return null;
    return username === '<token>'
      ? { serveraddress: registry, identitytoken: secret }
      : { serveraddress: registry, username, password: secret };
  } catch {
    // What it printed is a secret at worst, so it is not shown.
    return null;
  }
}

function helperFailed(helper: string, error: unknown): AppError {
  return new AppError(
    'image-pull-failed',
    `The credential helper docker-credential-${helper} could not be run: ${reasonOf(error)}.`,
    { hint: 'Install it, or take it out of the config.json of Docker.', cause: error },
  );
}
