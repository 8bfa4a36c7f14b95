import { existsSync } from 'node:fs';
import path from 'node:path';
import { app, dialog, MessageChannelMain, shell } from 'electron';
import { MESSAGES } from '#shared/api/desktop-ipc.ts';
import { safeFileName, type FileSaver } from './file-saver.ts';
import type { RequestHandlers } from './handle-requests.ts';
import { pickFolder } from './pick-folder.ts';
import type { Shell } from './shell.ts';

/** Answers to what a window asks of the shell. */
export function shellRequests(desk: Shell, saver: FileSaver): RequestHandlers {
  return {
    'pipewright:connect': async ({ id }, sender) => {
      const { port1, port2 } = new MessageChannelMain();
      const lost = await desk.host.connect(port1);
      if (lost !== null) return { ok: false, message: lost.message, hint: lost.hint };
      if (sender.isDestroyed()) port2.close();
      else sender.postMessage(MESSAGES.PORT, { id }, [port2]);
      desk.deliverCommands();
      return { ok: true };
    },
    'pipewright:restart-host': () => {
      desk.host.start();
      return undefined;
    },
    'pipewright:pick-folder': ({ title }) => pickFolder(title, desk.window),
    'pipewright:reveal': ({ path: place }) => {
      // A network path would be looked up, with the person's credentials, before they see where it leads.
      if (!path.isAbsolute(place) || /^[\\/]{2}/.test(place))
        throw new Error('Only an absolute local path can be shown.');
      if (!existsSync(place)) return false;
      shell.showItemInFolder(path.normalize(place));
      return true;
    },
    'pipewright:save-begin': async ({ suggestedName }, sender) => {
      const defaultPath = path.join(app.getPath('downloads'), safeFileName(suggestedName));
      const { filePath, canceled } = await (desk.window === null
        ? dialog.showSaveDialog({ defaultPath })
        : dialog.showSaveDialog(desk.window, { defaultPath }));
      if (canceled || filePath === '') return null;
      return { id: await saver.begin(sender.id, filePath), path: filePath };
    },
    'pipewright:save-append': async ({ id, bytes }, sender) => {
      await saver.append(sender.id, id, bytes);
      return undefined;
    },
    'pipewright:save-end': async ({ id, keep }, sender) => {
      await saver.end(sender.id, id, keep);
      return undefined;
    },
    'pipewright:set-theme': ({ theme }) => {
      desk.setTheme(theme);
      return undefined;
    },
    'pipewright:set-commands': ({ available }) => {
      desk.setAvailable(available);
      return undefined;
    },
  };
}
