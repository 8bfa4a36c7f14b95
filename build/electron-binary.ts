import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const packageDir = path.resolve(import.meta.dirname, '../node_modules/electron');
/** Fetching some 100 MB takes a while on a slow line; longer than this is taken for no network. */
const DOWNLOAD_LIMIT_MS = 180_000;
/** Time in which the place of the download must answer at all. */
const REACH_LIMIT_MS = 3_000;
const DOWNLOAD_SITE = 'https://github.com/electron/electron/releases';

/** The Electron executable that is here, without fetching one; null when there is none. */
export function findElectron(): string | null {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const pathFile = path.join(packageDir, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : defaultName();
  const executable = given === undefined ? path.join(packageDir, 'dist', name) : path.join(given, name);
  return existsSync(executable) ? executable : null;
}

function defaultName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * Fetches Electron with its own installer. Null when it came, else why not. Never takes longer than three minutes, and
 * only seconds where the site cannot be reached; `PIPEWRIGHT_NO_DOWNLOAD` forbids it.
 */
export async function fetchElectron(signal: AbortSignal): Promise<string | null> {
  if (process.env['PIPEWRIGHT_NO_DOWNLOAD'] !== undefined) return 'PIPEWRIGHT_NO_DOWNLOAD is set';
  if (!existsSync(path.join(packageDir, 'install.js'))) return 'its npm package is not installed';
  if (process.env['ELECTRON_MIRROR'] === undefined && !(await isReachable(signal))) {
    return 'it is fetched from github.com, which cannot be reached';
  }
  process.stderr.write('Fetching Electron, once (about 100 MB)…\n');
  const installer = spawn(process.execPath, [path.join(packageDir, 'install.js')], {
    stdio: ['ignore', 'ignore', 'ignore'],
    signal: AbortSignal.any([signal, AbortSignal.timeout(DOWNLOAD_LIMIT_MS)]),
    killSignal: 'SIGKILL',
  });
  const failure = await new Promise<string | null>((resolve) => {
    installer.on('error', () => resolve('fetching it took too long'));
    installer.on('exit', (code) => resolve(code === 0 ? null : 'it could not be fetched'));
  });
  return failure ?? (findElectron() === null ? 'its installer left no executable' : null);
}

async function isReachable(signal: AbortSignal): Promise<boolean> {
  try {
    await fetch(DOWNLOAD_SITE, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(REACH_LIMIT_MS)]),
    });
    return true;
  } catch {
    return false;
  }
}
