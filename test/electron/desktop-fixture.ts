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
    const env = {
      ...process.env,
      ...(runtime.needsHostNode ? { PIPEWRIGHT_HOST_NODE: process.execPath } : {}),
    };
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
          const app = await _electron.launch({
            executablePath: executable,
            args: [...args, ...more],
            env,
            timeout: 30_000,
          });
          open.push(app);
          app.once('close', () => open.splice(open.indexOf(app), 1));
          const page = await app.firstWindow();
          await page.waitForLoadState('domcontentloaded');
          return { app, page };
        },
      });
    } finally {
      for (const app of [...open]) await app.close();
      removeRuntime();
      removeDir();
    }
  },
});

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
