import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');
const RUNTIME_TOOL = path.resolve(ROOT, '../shared/tools/electron-runtime.sh');

export interface Runtime {
  readonly executable: string;
  /** True for a runtime whose Node is too old for the host: then the host runs under the Node of this test. */
  readonly needsHostNode: boolean;
}

/**
 * The Electron to test with: `PIPEWRIGHT_TEST_ELECTRON`, the installed one, or the old one that the tool beside this
 * repository fetches; else the reason why there is none.
 */
export function findRuntime(): Runtime | string {
  const given = process.env['PIPEWRIGHT_TEST_ELECTRON'];
  if (given !== undefined) return { executable: given, needsHostNode: true };
  const installed = path.join(ROOT, 'node_modules/electron/dist/electron');
  if (existsSync(installed)) return { executable: installed, needsHostNode: false };
  if (process.platform !== 'linux') return 'Electron is not installed';
  if (!existsSync(RUNTIME_TOOL))
    return 'Electron is not installed, and there is no test runtime beside the repository';
  const tool = spawnSync(RUNTIME_TOOL, [], { encoding: 'utf8' });
  const executable = tool.stdout.trim();
  if (tool.status !== 0 || !existsSync(executable))
    return `the test runtime could not be had: ${tool.stderr.trim()}`;
  return { executable, needsHostNode: true };
}

/**
 * A runtime of one's own that starts the application in `appDir`: the same files by hard link, so that several tests and
 * working copies do not fight over one `resources/app`.
 */
export function linkRuntime(
  executable: string,
  appDir: string,
): { readonly executable: string; remove(): void } {
  const source = path.dirname(executable);
  const dir = mkdtempSync(path.join(path.dirname(source), 'run-'));
  const copy = (from: string, to: string): void => {
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      if (entry.name === 'resources' || entry.name.startsWith('run-')) continue;
      if (entry.isDirectory()) copy(path.join(from, entry.name), path.join(to, entry.name));
      else linkOrCopy(path.join(from, entry.name), path.join(to, entry.name));
    }
  };
  copy(source, dir);
  mkdirSync(path.join(dir, 'resources'));
  symlinkSync(appDir, path.join(dir, 'resources/app'));
  return {
    executable: path.join(dir, path.basename(executable)),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Another file system.
    cpSync(from, to);
  }
}

/** A folder for one test's user data, gone after `remove`. */
export function temporaryFolder(): { readonly dir: string; remove(): void } {
  const dir = mkdtempSync(path.join(tmpdir(), 'pipewright-electron-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
