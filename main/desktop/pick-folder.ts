import { dialog, type BrowserWindow } from 'electron';

/** The native dialog; null when the person chose none. */
export async function pickFolder(title: string, window: BrowserWindow | null): Promise<string | null> {
  const options = { title, properties: ['openDirectory' as const, 'createDirectory' as const] };
  const { filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return filePaths[0] ?? null;
}
