import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import { APP_ORIGIN, serveApp } from './app-protocol.ts';
import { createHost } from './create-host.ts';
import { FileSaver } from './file-saver.ts';
import { guardAllContents } from './guard-contents.ts';
import { handleRequests } from './handle-requests.ts';
import type { DesktopArguments } from './parse-arguments.ts';
import { shellRequests } from './shell-requests.ts';
import { Shell } from './shell.ts';

/** What a second start hands over. */
const secondStart = z.object({ projectDir: z.string().nullable() });

/** Puts the application together and opens it. Once, when Electron is ready and this is the only instance. */
export function startDesktop(appDir: string, given: DesktopArguments): void {
  const isDevelopment = !app.isPackaged;
  const resourcesDir = app.isPackaged ? process.resourcesPath : null;
  // Vite's own server, with `npm run dev`.
  const devUrl = isDevelopment ? process.env['ELECTRON_RENDERER_URL'] : undefined;
  const pageUrl = devUrl ?? `${APP_ORIGIN}/index.html`;
  const ownOrigin = devUrl === undefined ? APP_ORIGIN : new URL(devUrl).origin;
  app.setAppUserModelId('app.pipewright.desktop');

  serveApp(path.join(appDir, 'out/renderer'));
  guardAllContents(ownOrigin);

  const shell = new Shell({
    appDir,
    iconFile:
      resourcesDir === null
        ? path.join(appDir, 'build/icons/linux/512x512.png')
        : path.join(resourcesDir, 'icon.png'),
    pageUrl,
    isDevelopment,
    stateFile: path.join(app.getPath('userData'), 'window-state.json'),
    startHost: createHost({
      appDir,
      resourcesDir,
      dataDir: given.dataDir,
      hostNode: process.env['PIPEWRIGHT_HOST_NODE'],
    }),
    onHostOutput: openHostLog(path.join(app.getPath('userData'), 'logs')),
  });
  const saver = new FileSaver();
  handleRequests(shellRequests(shell, saver), (sender) => shell.owns(sender), ownOrigin);
  app.on('web-contents-created', (_event, contents) => {
    const { id } = contents;
    contents.on('destroyed', () => void saver.dropAll(id));
  });

  // Chromium reorders the words of a second start, so its arguments come as read over there.
  app.on('second-instance', (_event, _words, _cwd, data) => {
    shell.show();
    const second = secondStart.safeParse(data);
    if (second.success && second.data.projectDir !== null) {
      shell.send({ type: 'open-project', dir: second.data.projectDir });
    }
  });
  app.on('activate', () => shell.show());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  endHostBeforeQuit(shell);

  shell.open();
  if (given.projectDir !== null) shell.send({ type: 'open-project', dir: given.projectDir });
}

/** Quitting waits for the host, which ends the process trees of its runs. */
function endHostBeforeQuit(shell: Shell): void {
  let hasEnded = false;
  app.on('before-quit', (event) => {
    if (!shell.mayQuit()) event.preventDefault();
  });
  app.on('will-quit', (event) => {
    if (hasEnded) return;
    event.preventDefault();
    void shell.host.quit().then(() => {
      hasEnded = true;
      // Not within this event, where Electron takes the application for one that is quitting already.
      setImmediate(() => app.quit());
    });
  });
}

/** What the host writes to its streams, for finding faults; begins anew with each start. */
function openHostLog(dir: string): (text: string) => void {
  mkdirSync(dir, { recursive: true });
  const log = createWriteStream(path.join(dir, 'host.log'));
  return (text) => {
    log.write(text);
    process.stderr.write(text);
  };
}
