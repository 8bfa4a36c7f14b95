import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { PreloadApi, ShellCommand } from '#shared/api/desktop-ipc.ts';
import { hostPid, test } from './desktop-fixture.ts';

/** What these tests put on a page beside what the preload script does. */
type TestedWindow = Window & { pipewright: PreloadApi; received?: ShellCommand[] };

/** Gathers the shell's commands beside the application's own listener. */
async function listenForCommands(page: Page): Promise<() => Promise<ShellCommand[] | undefined>> {
  await page.evaluate(() => {
    const tested = window as unknown as TestedWindow;
    tested.received = [];
    tested.pipewright.desktop.onCommand((command) => tested.received?.push(command));
  });
  return () => page.evaluate(() => (window as unknown as TestedWindow).received);
}

const connect = (page: Page): Promise<unknown> =>
  page.evaluate(() => (window as unknown as TestedWindow).pipewright.connect('a-test'));

test('opens its window on its own page, connected to the engine', async ({ desktop }) => {
  const { app, page } = await desktop.launch();
  expect(page.url()).toMatch(/^app:\/\/pipewright\/index\.html/);
  await expect(page).toHaveTitle(/Pipewright/);
  expect(await connect(page)).toEqual({ ok: true });
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('keeps Node, Electron and the world out of the page', async ({ desktop }) => {
  const { page } = await desktop.launch();
  const found = await page.evaluate(async () => {
    const tested = window as unknown as TestedWindow & Record<string, unknown>;
    const fails = async (work: () => unknown): Promise<boolean> => {
      try {
        await work();
        return false;
      } catch {
        return true;
      }
    };
    const runInline = (): boolean => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      return 'inlineRan' in tested;
    };
    return {
      globals: ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer'].filter(
        (name) => name in tested,
      ),
      exposed: Object.keys(tested.pipewright).sort(),
      runsNoInlineScript: !runInline(),
      hasNoFiles: await fails(() => fetch('file:///etc/hostname')),
      hasNoNetwork: await fails(() => fetch('http://127.0.0.1:9/')),
      refusesBadInput: await fails(() => tested.pipewright.desktop.reveal(5 as never)),
      refusesRelativePaths: await fails(() => tested.pipewright.desktop.reveal('../secret')),
      bundleOutsideOfPage: (await fetch('/../main/host.cjs')).status,
      policy: (await fetch('/index.html')).headers.get('content-security-policy'),
    };
  });
  expect(found).toMatchObject({
    globals: [],
    exposed: ['connect', 'desktop'],
    runsNoInlineScript: true,
    hasNoFiles: true,
    hasNoNetwork: true,
    refusesBadInput: true,
    refusesRelativePaths: true,
    bundleOutsideOfPage: 404,
  });
  expect(found.policy).toContain("default-src 'none'");
});

test('stays on its page; only https links go to the browser', async ({ desktop }) => {
  const { app, page } = await desktop.launch();
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url) => Promise.resolve(void opened.push(url));
  });
  const before = page.url();
  await page.evaluate(() => {
    for (const address of ['https://example.org/docs', 'file:///etc/passwd', 'http://example.org/'])
      window.open(address);
    location.href = 'https://example.org/';
  });
  await page.evaluate(() => (location.href = 'file:///etc/passwd'));
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened))
    .toEqual(['https://example.org/docs']);
  expect(page.url()).toBe(before);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('hands the folder of a second start to the first window', async ({ desktop }) => {
  const { page } = await desktop.launch();
  await connect(page);
  const commands = await listenForCommands(page);
  const { executable, args, env } = desktop.command;
  const second = spawnSync(executable, [...args, 'shop'], { cwd: desktop.dir, env, timeout: 30_000 });
  expect(second.status).toBe(0);
  await expect.poll(commands).toContainEqual({ type: 'open-project', dir: path.join(desktop.dir, 'shop') });
});

test('sends menu entries to the window and greys out what is not possible', async ({ desktop }) => {
  const { app, page } = await desktop.launch();
  await connect(page);
  const commands = await listenForCommands(page);
  await page.evaluate(() =>
    (window as unknown as TestedWindow).pipewright.desktop.setCommands(['cancel-run']),
  );
  const enabled = await app.evaluate(({ Menu }) => {
    const entriesOf = (label: string): Electron.MenuItem[] =>
      Menu.getApplicationMenu()!.items.find((item) => item.label === label)!.submenu!.items;
    const runs = entriesOf('&View').find((item) => item.label === '&Runs')!;
    (runs.click as () => void)();
    return entriesOf('&Run')
      .filter((item) => item.enabled && item.type !== 'separator')
      .map((item) => item.label);
  });
  expect(enabled).toEqual(['&Cancel Run']);
  await expect.poll(commands).toEqual([{ type: 'go', screen: 'runs' }]);
});

test('remembers where its window was and the theme', async ({ desktop }) => {
  const bounds = { x: 60, y: 80, width: 1000, height: 700 };
  const first = await desktop.launch();
  await connect(first.page);
  await first.app.evaluate(({ Menu }) => {
    const view = Menu.getApplicationMenu()!.items.find((item) => item.label === '&View')!;
    const theme = view.submenu!.items.find((item) => item.label === '&Theme')!;
    const dark = theme.submenu!.items.find((item) => item.label === '&Dark')!;
    (dark.click as () => void)();
  });
  await expect.poll(() => first.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  await first.app.evaluate(
    ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]!.setBounds(wanted),
    bounds,
  );
  await first.app.close();
  const second = await desktop.launch();
  const remembered = await second.app.evaluate(({ BrowserWindow, nativeTheme }) => ({
    bounds: BrowserWindow.getAllWindows()[0]!.getNormalBounds(),
    theme: nativeTheme.themeSource,
  }));
  expect(remembered).toEqual({ bounds, theme: 'dark' });
});

test('saves a download piece by piece to where the person says', async ({ desktop }) => {
  const { app, page } = await desktop.launch();
  const target = path.join(desktop.dir, 'unit.log');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, target);
  await page.evaluate(async () => {
    const { desktop: api } = (window as unknown as TestedWindow).pipewright;
    const file = await api.saveBegin('unit.log');
    for (const text of ['one ', 'two']) await api.saveAppend(file!.id, new TextEncoder().encode(text));
    await api.saveEnd(file!.id, true);
  });
  expect(readFileSync(target, 'utf8')).toBe('one two');
});

test('loads its page again when that crashes', async ({ desktop }) => {
  const { app, page } = await desktop.launch();
  await connect(page);
  const pageProcess = (): Promise<number> =>
    app.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      return webContents.isLoading() ? 0 : webContents.getOSProcessId();
    });
  const before = await pageProcess();
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(async () => [0, before].includes(await pageProcess())).toBe(false);
});

test('says why the engine cannot start', async ({ desktop }) => {
  const file = path.join(desktop.dir, 'a-file');
  writeFileSync(file, 'in the way');
  const { page } = await desktop.launch([`--data=${file}`]);
  expect(await connect(page)).toMatchObject({ ok: false, message: expect.stringContaining('a-file') });
});

test('ends the engine when it quits', async ({ desktop }) => {
  const { app, page } = await desktop.launch();
  await connect(page);
  const pid = hostPid(app);
  await app.close();
  const isGone = (): boolean => {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  };
  await expect.poll(isGone).toBe(true);
});
