import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { findRuntime, linkRuntime, ROOT, temporaryFolder } from './electron-runtime.ts';

export interface Desktop {
  readonly app: ElectronApplication;
  readonly page: Page;
}

export interface DesktopFixture {
  /** Starts the application on this test's own folders, and waits for its page. Ends with the test. */
  launch(args?: readonly string[]): Promise<Desktop>;
  /** What a start looks like from outside, for a second one. */
  readonly command: {
    readonly executable: string;
    readonly args: readonly string[];
    readonly env: NodeJS.ProcessEnv;
  };
  /** This test's own folder. */
  readonly dir: string;
  readonly dataDir: string;
}

/** Why there is nothing to test with here; null when there is. */
function whyNot(): string | null {
  const runtime = findRuntime();
  if (typeof runtime === 'string') return runtime;
  if (process.platform === 'linux' && process.env['DISPLAY'] === undefined)
    return 'there is no display and no Xvfb';
  return null;
}

export const test = base.extend<{ desktop: DesktopFixture }>({
  desktop: async ({}, use) => {
    const reason = whyNot();
    test.skip(reason !== null, reason ?? '');
    const runtime = findRuntime();
    if (typeof runtime === 'string') return;
    const { executable, remove: removeRuntime } = linkRuntime(runtime.executable, ROOT);
    const { dir, remove: removeDir } = temporaryFolder();
    const dataDir = path.join(dir, 'data');
    const env: Record<string, string> = {};
    for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
    if (runtime.needsHostNode) env['PIPEWRIGHT_HOST_NODE'] = process.execPath;
    // As root, which containers are, Chromium has no sandbox of its own to offer.
    const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const args = [...flags, '--disable-gpu', `--user-data-dir=${path.join(dir, 'user')}`];
    const open: ElectronApplication[] = [];
    try {
      await use({
        dir,
        dataDir,
        command: { executable, args, env },
        launch: async (more = [`--data=${dataDir}`]) => {
          const desktop = await launchPatiently({
            executablePath: executable,
            args: [...args, ...more],
            env,
          });
          open.push(desktop.app);
          desktop.app.once('close', () => open.splice(open.indexOf(desktop.app), 1));
          return desktop;
        },
      });
    } finally {
      for (const app of [...open]) await app.close();
      removeRuntime();
      removeDir();
    }
  },
});

const LAUNCH_ATTEMPTS = 3;
const LAUNCH_LIMIT_MS = 15_000;

/**
 * With Playwright's debugger attached, the old test runtime hangs in about one of fifty starts, before or after its
 * window is there; without the debugger it never did. So a start that hangs is ended and made again.
 */
async function launchPatiently(options: {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}): Promise<Desktop> {
  for (let attempt = 1; ; attempt += 1) {
    let app: ElectronApplication | null = null;
    try {
      app = await _electron.launch({ ...options, timeout: LAUNCH_LIMIT_MS });
      const page = await app.firstWindow({ timeout: LAUNCH_LIMIT_MS });
      await page.waitForFunction(() => document.readyState !== 'loading', undefined, {
        timeout: LAUNCH_LIMIT_MS,
        polling: 50,
      });
      return { app, page };
    } catch (error) {
      app?.process().kill('SIGKILL');
      const isHang = error instanceof Error && error.name === 'TimeoutError';
      if (!isHang || attempt === LAUNCH_ATTEMPTS) throw error;
    }
  }
}

/** The engine host among an application's children. Linux only, as the test runtime is. */
export function hostPid(app: ElectronApplication): number {
  const main = app.process().pid;
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const { parent, words } = processFacts(name);
    if (parent === main && words.some((word) => word.endsWith('host.cjs'))) return Number(name);
  }
  throw new Error('The application has no engine host.');
}

function processFacts(pid: string): { parent: number; words: string[] } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return { parent, words: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0') };
  } catch {
    // It ended while we looked.
    return { parent: -1, words: [] };
  }
}
